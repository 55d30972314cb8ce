# `match` on values whose structure the kernel alone knows: lists of which items may be missing, parts of one kind or another.
{
    records: [[arg0 arg1]; [0 0] [1 2] [6 1] [1 7] [8 9] [7 7] [-1 100] [3 4]]
    closures: {
        "what `where` left": {|ctx| let x = match ([$ctx.arg0 $ctx.arg1] | where {|x| $x > 5 }) { [] => "none", [$a] => {one: $a}, _ => "many" }; {x: $x} | emit }
        "emitted at once": {|ctx| match ([$ctx.arg0 $ctx.arg1] | where $it > 5) { [] => "none", [$a] => "one", _ => "many" } | emit }
        "with a rest": {|ctx| let x = match ([$ctx.arg0 $ctx.arg1 3] | where $it > 2) { [3] => "three", [$a ..$rest] => {a: $a, rest: $rest, n: ($rest | length)}, [..] => "none" }; {x: $x} | emit }
        "some are there": {|ctx| let l = [5 ...([$ctx.arg0] | where $it > 5) $ctx.arg1]; let x = match $l { [5 $a] => {a: $a}, [5 8 9] => "eight", [$a $b $c] => {s: ($a + $b + $c)}, _ => "?" }; {x: $x} | emit }
        "literals and guards": {|ctx| let l = [$ctx.arg0 $ctx.arg1] | where $it > 1; let x = match $l { [7] | [8 9] => "known", [$a $b] if $a == $b => "same", [$a] if $a > 50 => "much", [4 ..] => "four", [0..6] => "few", [_] => "one", [] => "none", _ => "other" }; {x: $x} | emit }
        "each that gives null": {|ctx| let x = match ([$ctx.arg0 $ctx.arg1] | each {|x| if $x > 5 { $x * 2 } }) { [] => "none", [$a] => {a: $a}, [$a $b] => {a: $a, b: $b} }; {x: $x} | emit }
        "four that may be missing": {|ctx| let l = [$ctx.arg0 $ctx.arg1 3 4] | where $it > $ctx.arg0 - 2; let x = match $l { [] => 0, [_] => 1, [$a $b] => ($a * $b), [_ _ $c] => $c, [.. ] => "four" }; {x: $x} | emit }
        "in a record": {|ctx| let r = {l: ([$ctx.arg0 $ctx.arg1] | where $it > 5), n: $ctx.arg0}; let x = match $r { {l: [], n: 0} => "zero", {l: [], n: $n} => {n: $n}, {l: [$a]} => {a: $a}, {m: _} => "m", {l: $l} => {all: $l} }; {x: $x} | emit }
        "an item of one kind or another": {|ctx| let x = match [$ctx.arg1 (if $ctx.arg0 == 0 { {root: true} })] { [_ {root: _}] => 1, [0 null] => 3, _ => 2 }; $x | emit }
        "a column of one kind or another": {|ctx| let r = {a: (if $ctx.arg0 > 5 { [$ctx.arg0 2] } else if $ctx.arg0 > 0 { {b: $ctx.arg1} } else { $ctx.arg1 })}; let x = match $r { {a: [$p 2]} => {p: $p}, {a: {b: $q}} if $q > 5 => {q: $q}, {a: {b: _}} => "b", {a: 0} => "zero", {a: $other} => {other: $other} }; {x: $x} | emit }
        "ranges of one kind or another": {|ctx| let y = if $ctx.arg0 > 5 { "big" } else { $ctx.arg1 }; let x = match [$y $ctx.arg0] { [0..3 _] => "few", [4.. 3] => "three", ["big" $n] => {n: $n}, _ => "other" }; {x: $x} | emit }
        "deep": {|ctx| let x = match [[(if $ctx.arg0 > 5 { [$ctx.arg0] } else { $ctx.arg0 })] {a: ([$ctx.arg1] | where $it > 5)}] { [[[$n]] {a: [$m]}] => {n: $n, m: $m}, [[[$n]] {a: []}] => {n: $n}, [[1] {a: $a}] => {a: $a}, [[_] {a: [_]}] => "much", _ => "other" }; {x: $x} | emit }
        "one or the other, and open": {|ctx| let l = if $ctx.arg0 > 5 { [$ctx.arg0 $ctx.arg1] | where $it > 6 } else if $ctx.arg0 > 0 { [1] } else { "no list" }; let x = match $l { [] => "none", [1] => "one", [$a] => {a: $a}, [$a $b] => [$a $b], _ => "other" }; {x: $x} | emit }
        "names alone": {|ctx| let e = if $ctx.arg0 > 5 { [$ctx.arg0] } else { "few" }; let x = match [$e $ctx.arg1] { [$a 9] => {a: $a}, [$a $b] if $b > 5 => [$a $b], [$a _] => $a }; {x: $x} | emit }
        "as a statement": {|ctx| mut n = 0; for i in 0..1 { match ([$ctx.arg0 $ctx.arg1 $i] | where $it > 5) { [] => { "none" | emit; continue }, [7 ..] => { break }, [$a] => { $n += $a }, [$a $b] => { $n += $b; {a: $a} | emit } }; $n | emit }; {n: $n} | emit }
        "a `where` of records": {|ctx| let x = match ([[n s]; [$ctx.arg0 a] [$ctx.arg1 b]] | where n > 5) { [{s: "a"}] => "first", [{n: $n, s: "b"}] => {second: $n}, [{n: $n} {n: $m}] => {n: $n, m: $m}, _ => "none" }; {x: $x} | emit }
    }
}
