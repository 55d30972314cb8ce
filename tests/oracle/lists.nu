# Lists whose items are all there: every command on them, empty ones, nested ones, tables.
{
    records: [[arg0 arg1]; [0 0] [1 2] [2 1] [3 -1] [-4 9223372036854775807] [9223372036854775807 -9223372036854775808] [10 10]]
    closures: {
        each: {|ctx| let a = $ctx.arg0; {a: ([$a $ctx.arg1] | each {|x| $x > 1 }), b: ([1 2 3] | each { $in + ($a mod 5) }), c: ([$a] | each {|x| {n: $x, neg: ($x < 0)} }), d: ([] | each {|x| $x + 1 }), e: ([1 2 3] | each {|x| if $x == 2 { null } else { $x mod ($a mod 3 + 4) } })} | emit }
        "each keep-empty": {|ctx| {a: ([1 2 3] | each --keep-empty {|x| if $x == 2 { null } else { $x } }), b: ([$ctx.arg0 null] | each -k {|x| $x }), c: ([$ctx.arg0 null] | each {|x| $x })} | emit }
        "each of one": {|ctx| {a: ($ctx.arg0 | each {|x| $x bit-and 3 }), b: ({x: $ctx.arg0} | each {|r| $r.x bit-or 1 }), c: (1..3 | each {|x| $x * 2 }), d: (3..1 | each {|x| $x }), e: (0..2..6 | each {|x| $x })} | emit }
        "each changes": {|ctx| mut n = 0; for x in ([$ctx.arg0 1] | each {|x| $x mod 7 }) { $n += $x }; $n | emit }
        "each emits": {|ctx| [$ctx.arg0 $ctx.arg1] | each {|x| $x | emit } | ignore }
        "get by a number": {|ctx| let l = [10 $ctx.arg1 "x" 40]; {a: ($l | get $ctx.arg0), b: ([{n: 1} {n: $ctx.arg1}] | get --optional $ctx.arg0)} | emit }
        "get what may be null": {|ctx| {a: ([1 2 3] | get -o $ctx.arg0)} | emit }
        "get in try": {|ctx| try { [{n: $ctx.arg1} {n: 5}] | get $ctx.arg0 | get n } catch { "none" } | emit }
        where: {|ctx| {a: ([1 2 3] | where $it > 1), b: ([{n: 1, s: "x"} {n: 2, s: "y"}] | where n == 2), c: ([] | where $it == 1)} | emit }
        any: {|ctx| {a: ([$ctx.arg0 $ctx.arg1] | any {|x| $x == 2 }), b: ([] | any {|x| $x }), c: ([$ctx.arg0 5] | any { $in == 5 }), d: ([{n: $ctx.arg0}] | any {|r| $r.n < 0 }), e: (if ([1 $ctx.arg1] | any {|x| $x == 10 }) { "ten" } else { "none" })} | emit }
        all: {|ctx| {a: ([$ctx.arg0 $ctx.arg1] | all {|x| $x > 0 }), b: ([] | all {|x| $x }), c: ([$ctx.arg0 5] | all { $in < 6 }), d: ([{n: $ctx.arg0}] | all {|r| $r.n >= 0 })} | emit }
        "any stops": {|ctx| {a: ([$ctx.arg0 $ctx.arg1 5] | any {|x| $x < 5 or 10 // $x > 1 }), b: (try { [$ctx.arg0 $ctx.arg1] | any {|x| 10 // $x > 4 } } catch { false }), c: (try { [$ctx.arg0 $ctx.arg1] | all {|x| 10 // $x > 4 } } catch { true })} | emit }
        "any stops at constants": {|ctx| {a: ([$ctx.arg0 0 5] | any {|x| $x < 5 or 10 // $x > 1 }), b: (try { [$ctx.arg0 0] | any {|x| 10 // $x > 4 } } catch { false }), c: (try { [$ctx.arg0 0] | all {|x| 10 // $x > 4 } } catch { true })} | emit }
        "append null": {|ctx| let l = [$ctx.arg0]; {a: ($l | append null), b: ($l | prepend null), c: (null | append $l), d: ($l | append [null])} | emit }
        "default of columns of a table": {|ctx| [[n s]; [$ctx.arg0 a] [$ctx.arg1 null]] | default 3 q | default "x" s | emit }
        reduce: {|ctx| let a = $ctx.arg0 mod 100; {a: ([1 $a 3] | reduce {|it, acc| $acc + $it }), b: ([1 $a] | reduce --fold 10 {|it, acc| $acc - $it }), c: ([] | reduce --fold $a {|it, acc| $acc + $it }), d: ([$a 5 2] | reduce {|it, acc| if $it > $acc { $it } else { $acc } }), e: ([$a] | reduce {|it, acc| 0 }), f: ([1 2] | reduce -f {n: $a} {|it, acc| {n: ($acc.n + $it)} })} | emit }
        "reduce a text": {|ctx| {a: (["a" "b"] | reduce --fold $"($ctx.arg0)" {|it, acc| $acc + $it })} | emit }
        first: {|ctx| let l = [$ctx.arg0 $ctx.arg1 7]; {a: ($l | first), b: ($l | first 2), c: ($l | first 0), d: ($l | first 9), e: ([{x: $ctx.arg0}] | first | get x)} | emit }
        last: {|ctx| let l = [$ctx.arg0 $ctx.arg1 7]; {a: ($l | last), b: ($l | last 2), c: ($l | last 0), d: ($l | last 9)} | emit }
        "first of nothing": {|ctx| let l = [$ctx.arg0] | skip 1; {a: (try { $l | first } catch { -1 }), b: (try { $l | last } catch { -2 }), c: ($l | first 1), d: ($l | last 1)} | emit }
        take: {|ctx| let l = [$ctx.arg0 $ctx.arg1 7]; {a: ($l | take 2), b: ($l | take 0), c: ($l | take 4), d: (1..5 | take 2)} | emit }
        skip: {|ctx| let l = [$ctx.arg0 $ctx.arg1 7]; {a: ($l | skip), b: ($l | skip 2), c: ($l | skip 0), d: ($l | skip 5)} | emit }
        append: {|ctx| let l = [$ctx.arg0]; {a: ($l | append $ctx.arg1), b: ($l | append [1 2]), c: ($l | append [[1 2]]), d: ($l | append []), e: (5 | append $ctx.arg0), g: ($l | append {x: 1}), h: ([] | append $l)} | emit }
        prepend: {|ctx| let l = [$ctx.arg0]; {a: ($l | prepend $ctx.arg1), b: ($l | prepend [1 2]), c: ($l | prepend [[1 2]]), d: ($l | prepend []), e: (5 | prepend $ctx.arg0), g: (null | append 1)} | emit }
        reverse: {|ctx| {a: ([$ctx.arg0 $ctx.arg1 3] | reverse), b: ([] | reverse), d: ([[1 $ctx.arg0] [2]] | reverse)} | emit }
        length: {|ctx| {a: ([$ctx.arg0 1] | length), b: ([] | length), c: ([[a b]; [1 $ctx.arg0]] | length), e: (null | length)} | emit }
        "is-empty": {|ctx| {a: ([$ctx.arg0] | is-empty), b: ([] | is-empty), c: ({} | is-empty), d: ($ctx.arg0 | is-empty), e: (null | is-empty), f: ({a: $ctx.arg0} | is-not-empty), g: ([] | is-not-empty), h: (0 | is-not-empty), i: ([[]] | is-empty), j: ([null] | is-empty)} | emit }
        get: {|ctx| let l = [$ctx.arg0 [$ctx.arg1 5] {x: 3, y: [8 9]}]; {a: ($l | get 0), b: ($l | get 1.0), c: ($l | get 2.y.1), d: ($l | get -o 9), e: ($l.1.1), f: ($l.9?), g: ($l | get 0 1.1), h: ($l.2.z?)} | emit }
        tables: {|ctx| let t = [[n s]; [$ctx.arg0 a] [$ctx.arg1 b]]; {n: $t.n, s: ($t | get s), one: $t.1.n, row: $t.0, sel: ($t | select n), rej: ($t | reject n), rows: ($t | select 1), len: ($t | length), max: ($t.n | math max)} | emit }
        "tables changed": {|ctx| let t = [[n s]; [$ctx.arg0 a] [$ctx.arg1 b]]; {up: ($t | update s "q"), ins: ($t | insert z 1), ups: ($t | upsert n {|r| $r.n > 1 }), each: ($t | each {|r| $r.s }), where: ($t | where s == b | get n)} | emit }
        spread: {|ctx| let l = [$ctx.arg0 2]; {a: [...$l 3], b: [0 ...$l ...$l], c: [...[]]} | emit }
        "++": {|ctx| let l = [$ctx.arg0 2]; {a: ($l ++ [3]), b: ([] ++ $l), c: ($l ++ $l), d: ($l ++ ["x" null])} | emit }
        "==": {|ctx| let l = [$ctx.arg0 2]; {a: ($l == [1 2]), b: ($l != [1 2]), c: ($l == [1]), d: ($l == $l), e: ([$l] == [[2 2]]), f: ($l == []), g: ([] == []), h: ([$ctx.arg0 $ctx.arg1] == [$ctx.arg1 $ctx.arg0]), i: ([[a]; [$ctx.arg0]] == [[a]; [3]])} | emit }
        in: {|ctx| let l = [$ctx.arg0 [1 2] {a: 1}]; {a: (1 in $l), b: ([1 2] in $l), c: ({a: 1} in $l), d: ([1 $ctx.arg0] in [[1 2] [1 1]]), e: ($l has 3), f: ($l not-has [1 3])} | emit }
        nested: {|ctx| {a: ([[$ctx.arg0 1] [2 3]] | each {|l| $l | math max }), b: ([[1 2] [$ctx.arg0]] | each {|l| $l | each {|x| $x > 1 } }), c: ([[1 2] [3]] | each {|l| $l | length } | math sum)} | emit }
        "chain": {|ctx| [$ctx.arg0 $ctx.arg1 3] | skip 1 | prepend 2 | reverse | take 2 | each {|x| $x > 2 } | append false | emit }
        range: {|ctx| {a: (1..3 | append $ctx.arg0), b: (1..4 | where $it mod 2 == 0), f: (1..5 | first), h: (1..3 | is-empty)} | emit }
        "in order": {|ctx| [1 2] | each {|x| $x | emit; [3 4] | each {|y| $x * 10 + $y | emit } }; $ctx.arg0 | emit }
        "closure of the list": {|ctx| let f = {|x| $x mod 3 }; let g = {|x, y| $x + $y }; {a: ([$ctx.arg0 5] | each $f), b: ([1 2 3] | reduce $g), c: ([1 2 3] | where {|x| $x > 1 })} | emit }
    }
}
