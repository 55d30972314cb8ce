# Lists that `where` has left: which items are there is known in the kernel only.
{
    records: [[arg0 arg1]; [0 0] [1 2] [2 1] [3 -1] [-4 100] [100 -100] [10 10] [5 6]]
    closures: {
        where: {|ctx| {a: ([$ctx.arg0 $ctx.arg1 3] | where $it > 1), b: ([$ctx.arg0 $ctx.arg1] | where {|x| $x == 2 }), c: ([1 2 3] | where $it < $ctx.arg0), d: ([[n s]; [$ctx.arg0 a] [$ctx.arg1 b]] | where n > 1), e: ([$ctx.arg0] | where false), f: ([$ctx.arg0] | where true)} | emit }
        "where twice": {|ctx| [$ctx.arg0 $ctx.arg1 3 4] | where $it > 0 | where $it < 10 | emit }
        "where with operators": {|ctx| {a: ([[n s]; [$ctx.arg0 a] [$ctx.arg1 b]] | where n > 0 and s == b), b: ([$ctx.arg0 $ctx.arg1 7] | where $it in [2 7] or $it < -50), c: ([[n]; [$ctx.arg0] [3]] | where not ($it.n == 3))} | emit }
        each: {|ctx| {a: ([$ctx.arg0 $ctx.arg1 3] | where $it > 1 | each {|x| $x * 2 }), b: ([$ctx.arg0 $ctx.arg1] | where $it > 1 | each {|x| {x: $x, big: ($x > 5)} })} | emit }
        "each to null": {|ctx| {c: ([$ctx.arg0 4] | where $it > 2 | each {|x| if $x > 4 { null } else { $x } }), d: ([$ctx.arg0 4] | each {|x| if $x > 4 { null } else { $x } }), e: ([$ctx.arg0 4] | where $it > 2 | each -k {|x| if $x > 4 { null } else { $x } })} | emit }
        "each of text": {|ctx| [[n s]; [$ctx.arg0 a] [$ctx.arg1 bc]] | where n > 1 | each {|r| $"($r.s)=($r.n)" } | emit }
        length: {|ctx| {a: ([$ctx.arg0 $ctx.arg1 3] | where $it > 1 | length), b: (([$ctx.arg0] | where $it > 1 | length) + 1)} | emit }
        "is-empty": {|ctx| {a: ([$ctx.arg0 $ctx.arg1] | where $it > 1 | is-empty), b: ([$ctx.arg0 $ctx.arg1] | where $it > 1 | is-not-empty), c: (if ([$ctx.arg0] | where $it > 5 | is-empty) { "few" } else { "many" })} | emit }
        any: {|ctx| {a: ([$ctx.arg0 $ctx.arg1 3] | where $it > 1 | any {|x| $x == 10 }), b: ([$ctx.arg0 $ctx.arg1] | where $it > 1 | all {|x| $x < 10 }), c: ([$ctx.arg0] | where $it > 50 | any {|x| true }), d: ([$ctx.arg0] | where $it > 50 | all {|x| false })} | emit }
        first: {|ctx| [$ctx.arg0 $ctx.arg1 3] | where $it > 1 | first | emit }
        last: {|ctx| [$ctx.arg0 $ctx.arg1 1] | where $it >= 1 | last | emit }
        "first of perhaps none": {|ctx| [$ctx.arg0 $ctx.arg1] | where $it > 1 | first | emit }
        "last of perhaps none": {|ctx| [$ctx.arg0 $ctx.arg1] | where $it > 1 | last | emit }
        "first or a default": {|ctx| {a: (try { [$ctx.arg0 $ctx.arg1] | where $it > 1 | first } catch { -1 }), b: ([$ctx.arg0 $ctx.arg1 7] | where $it > 1 | first | $in + 1)} | emit }
        reduce: {|ctx| {a: ([$ctx.arg0 $ctx.arg1 3] | where $it > 1 | reduce --fold 0 {|it, acc| $acc + $it }), b: ([$ctx.arg0 $ctx.arg1] | where $it > 1 | reduce --fold 9 {|it, acc| $it })} | emit }
        sum: {|ctx| [$ctx.arg0 $ctx.arg1 3] | where $it > 1 | math sum | emit }
        "sum of perhaps none": {|ctx| [$ctx.arg0 $ctx.arg1] | where $it > 1 | math sum | emit }
        extremes: {|ctx| {max: ([$ctx.arg0 $ctx.arg1 3] | where $it > 1 | math max), min: ([$ctx.arg0 $ctx.arg1 3] | where $it > 1 | math min)} | emit }
        "max of perhaps none": {|ctx| [$ctx.arg0 $ctx.arg1] | where $it > 1 | math max | emit }
        for: {|ctx| mut n = 0; for x in ([$ctx.arg0 $ctx.arg1 3] | where $it > 1) { $n += $x; $x | emit }; $n | emit }
        "for with break": {|ctx| for x in ([$ctx.arg0 $ctx.arg1 3] | where $it > 1) { if $x > 9 { break }; if $x == 2 { continue }; $x | emit } }
        in: {|ctx| let l = [$ctx.arg0 $ctx.arg1 3] | where $it > 1; {a: (10 in $l), b: ($l has 3), c: ($ctx.arg1 not-in $l), d: ($l not-has 2)} | emit }
        select: {|ctx| [[n s]; [$ctx.arg0 a] [$ctx.arg1 b]] | where n > 1 | select s | emit }
        reject: {|ctx| [[n s]; [$ctx.arg0 a] [$ctx.arg1 b]] | where n > 1 | reject n | emit }
        get: {|ctx| [[n s]; [$ctx.arg0 a] [$ctx.arg1 b]] | where n > 1 | get n | emit }
        "a column": {|ctx| let t = [[n s]; [$ctx.arg0 a] [$ctx.arg1 b]] | where n > 1; $t.s | emit }
        insert: {|ctx| [[n]; [$ctx.arg0] [$ctx.arg1]] | where n > 1 | insert s "x" | emit }
        update: {|ctx| [[n]; [$ctx.arg0] [$ctx.arg1]] | where n > 1 | update n {|r| $r.n + 1 } | emit }
        kept: {|ctx| let l = [$ctx.arg0 $ctx.arg1] | where $it > 1; {l: $l, again: $l, n: ($l | length)} | emit; $l | emit }
        nested: {|ctx| {l: ([[$ctx.arg0 1] [$ctx.arg1 2]] | each {|l| $l | where $it > 1 }), m: ([[1 $ctx.arg0] [2]] | where ($it | length) > 1)} | emit }
        mutable: {|ctx| mut n = 5; let l = [$ctx.arg0 $ctx.arg1] | where $it > $n; $n = 100; {l: $l, n: $n} | emit }
        "equal": {|ctx| let l = [$ctx.arg0 $ctx.arg1] | where $it > 1; {a: ($l == []), b: ($l == [10 10]), c: ($l != [2])} | emit }
        take: {|ctx| [$ctx.arg0 $ctx.arg1 3] | where $it > 1 | take 1 | emit }
        append: {|ctx| [$ctx.arg0 $ctx.arg1] | where $it > 1 | append 7 | emit }
        "++": {|ctx| ([$ctx.arg0 $ctx.arg1] | where $it > 1) ++ [7] | emit }
        spread: {|ctx| [0 ...([$ctx.arg0 $ctx.arg1] | where $it > 1)] | emit }
        reverse: {|ctx| [$ctx.arg0 $ctx.arg1 3] | where $it > 1 | reverse | emit }
        "equal lists": {|ctx| let l = [$ctx.arg0 $ctx.arg1 3] | where $it > 1; let m = [$ctx.arg1 10 2] | where $it > 2; {a: ($l == $m), b: ($l == $l), c: ([10 10 3] == $l), d: ($l != [$ctx.arg0 3]), e: ([] == $m), f: ($l == 3), g: ($l == null), h: ($m == ["x" 10]), i: ([$l] == [[2 3]]), j: ([2 3] in [$l $m])} | emit }
        "equal records": {|ctx| let l = [[n s]; [$ctx.arg0 a] [$ctx.arg1 b]] | where n > 1; {a: ($l == [{n: 10, s: a} {s: b, n: 10}]), b: ($l == [{s: b, n: 2}])} | emit }
        parts: {|ctx| let l = [$ctx.arg0 $ctx.arg1 3 7] | where $it > 2; {a: ($l | take 2), b: ($l | skip 1), c: ($l | first 2), d: ($l | last 2), e: ($l | skip), f: ($l | take 0), g: ($l | skip 9), h: ($l | take 9), i: ($l | last 1), j: ($l | skip 1 | take 1), k: ($l | skip 1 | first), l: ($l | reverse | first 2), m: ($l | skip 2 | length), n: ($l | first 0 | is-empty)} | emit }
        "parts of records": {|ctx| let l = [[n s]; [$ctx.arg0 a] [$ctx.arg1 b] [5 c]] | where n > 2; {a: ($l | take 1), b: ($l | skip 1 | get s), c: ($l | reverse)} | emit }
        item: {|ctx| let l = [$ctx.arg0 $ctx.arg1 3 7] | where $it > 2; {a: $l.0, b: $l.1, c: ($l | get 1), d: $l.2?, e: ($l | get -o 3), f: ($l.9? | default 0)} | emit }
        "item of perhaps none": {|ctx| ([$ctx.arg0 $ctx.arg1] | where $it > 1).1 | emit }
        "item of a table": {|ctx| let t = [[n s]; [$ctx.arg0 a] [$ctx.arg1 b] [5 c]] | where n > 2; {a: $t.0.s, b: $t.n.0, c: ($t | get 0.n)} | emit }
        joined: {|ctx| let l = [$ctx.arg0 $ctx.arg1] | where $it > 1; {a: ($l ++ $l), b: ([0] ++ $l ++ [1]), c: ([...$l ...$l 5]), d: ($l ++ [] | length), e: ([...$l] | reverse), f: ([1 ...$l 2] | where $it < 5)} | emit }
        "of strings": {|ctx| let s = if $ctx.arg0 > 1 { "big" } else { "s" }; {a: ([$s "big" "x"] | where $it == "big"), n: ([$s "x"] | where ($it | str length) > 1 | length)} | emit }
        "into string": {|ctx| [$ctx.arg0 $ctx.arg1] | where $it > 1 | into string | emit }
        default: {|ctx| [$ctx.arg0 $ctx.arg1] | where $it > 1 | default 5 | emit }
        "where null": {|ctx| {a: ([$ctx.arg0 null 3] | where $it != null), b: ([{x: $ctx.arg0} {}] | where x? == 1)} | emit }
        "into filesize": {|ctx| [$ctx.arg0 $ctx.arg1] | where $it > 1 | into filesize | emit }
    }
}
