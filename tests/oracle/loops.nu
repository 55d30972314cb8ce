# Loops: over ranges of every kind and lists, `while`, `loop`, `break` and `continue`, one inside the other.
{
    records: [[arg0 arg1]; [0 0] [1 2] [2 1] [3 5] [5 3] [-3 4] [7 -2] [10 10] [40 3] [9223372036854775806 9223372036854775807] [-9223372036854775807 -9223372036854775808]]
    closures: {
        up: {|ctx| mut s = 0; for i in 0..5 { $s += $i }; for i in 1..<4 { $s = $s * 2 + $i }; for i in 3..3 { $s += 100 }; for i in 3..<3 { $s += 1000 }; $s | emit; for i in 0..2 { $i + ($ctx.arg0 mod 5) | emit } }
        down: {|ctx| for i in 5..0 { $i | emit }; for i in 2..<(-1) { $i * 10 | emit }; for i in 1..(-1) { {i: $i, n: $ctx.arg0} | emit } }
        steps: {|ctx| for i in 0..2..7 { $i | emit }; for i in 10..7..0 { $i | emit }; for i in 0..5..<20 { $i | emit } }
        "far away": {|ctx| for i in 9223372036854775805..9223372036854775807 { $i | emit }; for i in -9223372036854775808..-9223372036854775806 { $i | emit }; for i in -9223372036854775806..-9223372036854775808 { $i | emit } }
        open: {|ctx| for i in 0.. { if $i > $ctx.arg0 or $i > 20 { break }; $i | emit } }
        "open with steps": {|ctx| for i in 0..3.. { if $i > 20 { break }; $i | emit } }
        "dynamic end": {|ctx| if $ctx.arg0 < 100 and $ctx.arg0 > -100 { for i in 0..$ctx.arg0 { $i | emit } } }
        "dynamic end, exclusive": {|ctx| if $ctx.arg0 < 100 and $ctx.arg0 > -100 { for i in 0..<$ctx.arg0 { {x: $i} | emit } } }
        "dynamic ends": {|ctx| if $ctx.arg0 < 100 and $ctx.arg0 > -100 { for i in 0..$ctx.arg0 { $i | emit }; for i in 0..<$ctx.arg0 { {x: $i} | emit } } }
        "dynamic end of anything": {|ctx| for i in 0..$ctx.arg0 { if $i > 5 or $i < -5 { break }; $i | emit } }
        "dynamic end of anything, exclusive": {|ctx| for i in 0..<$ctx.arg0 { if $i > 5 or $i < -5 { break }; {x: $i} | emit } }
        "dynamic start": {|ctx| if $ctx.arg0 < 100 and $ctx.arg0 > -100 { for i in $ctx.arg0..3 { $i | emit } } }
        "both dynamic": {|ctx| if $ctx.arg1 < 100 and $ctx.arg1 > -100 { for i in $ctx.arg0..$ctx.arg1 { $i | emit } } else { for i in $ctx.arg0..$ctx.arg1 { $i | emit } } }
        "both dynamic, exclusive": {|ctx| for i in $ctx.arg0..<$ctx.arg1 { $i | emit } }
        "open from": {|ctx| mut n = 0; for i in ($ctx.arg1 - 5).. { $n += 1; if $n > 3 { break }; $i | emit } }
        "open from the last": {|ctx| mut n = 0; for i in $ctx.arg1.. { $n += 1; if $n > 3 { break }; $i | emit } }
        "open to the end of ints": {|ctx| for i in 9223372036854775805.. { $i + ($ctx.arg0 mod 2) - 1 | emit }; for i in 7..3.. { if $i < -9 { break }; {i: $i} | emit }; for i in -9223372036854775800..-9223372036854775804.. { [$i] | emit } }
        "the end is taken once": {|ctx| mut n = 3; for i in 0..$n { $n += 1; $i | emit }; $n | emit }
        "the variable is a copy": {|ctx| mut last = -1; for i in 0..3 { let j = $i * 2; $last = $j }; {last: $last} | emit }
        list: {|ctx| for x in [$ctx.arg0 $ctx.arg1 7] { $x | emit }; for x in [] { "never" | emit }; for x in ["a" null 1.5 {b: 2} [3]] { $x | emit } }
        "list and break": {|ctx| for x in [$ctx.arg0 $ctx.arg1 7] { if $x == 3 { break }; if $x == 5 { continue }; $x | emit } }
        table: {|ctx| mut s = ""; mut n = 0; for r in [[n s]; [$ctx.arg0 a] [2 b]] { if $r.n > 1 { $s = $r.s; $n += 1 } }; {s: $s, n: $n} | emit }
        "one value": {|ctx| for x in $ctx.arg0 { $x | emit }; for x in {a: $ctx.arg0} { $x | emit } }
        "constants of the loop": {|ctx| for x in ["a" "bc"] { {n: ($x | str length), up: ($x | str uppercase)} | emit } }
        while: {|ctx| mut n = $ctx.arg0 mod 50; while $n > 0 { $n = $n // 2; $n | emit }; "end" | emit }
        "while with break": {|ctx| mut n = 0; while $n < 10 { $n += 1; if $n == 2 { continue }; if $n > $ctx.arg0 { break }; $n | emit }; {n: $n} | emit }
        "while and and": {|ctx| mut i = 0; mut s = 0; while $i < 20 and $s < $ctx.arg0 { $s += $i; $i += 1 }; {i: $i, s: $s} | emit }
        "while never": {|ctx| while false { 1 | emit }; while $ctx.arg0 == 12345 { 2 | emit }; 3 | emit }
        loop: {|ctx| mut n = 0; loop { $n += 1; if $n mod 2 == 0 { continue }; if $n > 9 or $n > $ctx.arg0 { break }; $n | emit }; $n | emit }
        nested: {|ctx| for i in 0..2 { for j in 0..2 { if $j > $i { break }; if $i + $j == $ctx.arg0 { continue }; {i: $i, j: $j} | emit } } }
        "nested, the inner by the outer": {|ctx| mut s = 0; for i in 0..2 { for j in $i..<3 { $s = $s * 10 + $j } }; {s: $s, n: $ctx.arg0} | emit }
        "loops of all kinds": {|ctx| mut n = 0; for i in 0..0 { for x in [1 2] { mut k = $x; while $k > 0 { $k -= 1; $n += 1; if $n > 8 { break } } } }; for x in [1 2] { loop { $n += $x; break } }; $n | emit }
        "list in a range": {|ctx| for i in 0..1 { for x in [$ctx.arg0 5] { if $x == 5 and $i == 0 { continue }; $x + $i | emit } } }
        "range in a list": {|ctx| for x in [1 2] { for i in 0..$x { if $i == 2 { break }; $x * 10 + $i | emit } } }
        "return from within": {|ctx| for i in 0..3 { for j in 0..3 { if $i * $j == $ctx.arg0 { {i: $i, j: $j} | emit; return } } }; "none" | emit }
        "mut text": {|ctx| mut s = "abc"; for i in 0..2 { if $i == $ctx.arg0 { $s = "x" }; $s | emit } }
        "mut records": {|ctx| mut r = {a: 0, b: "x"}; for i in 1..3 { $r.a += $i; if $i == 2 { $r.b = "y" } }; $r | emit }
        "mut lists": {|ctx| mut l = [0 0]; for i in 0..3 { $l = [$l.1 $i] }; $l | emit }
        "swap": {|ctx| mut a = 0; mut b = 1; for i in 0..10 { let c = $a + $b; $a = $b; $b = $c }; {a: $a, b: $b} | emit }
        "greatest common divisor": {|ctx| mut a = $ctx.arg0; mut b = $ctx.arg1; if $a > 0 and $b > 0 and $a < 1000 { while $b != 0 { let r = $a mod $b; $a = $b; $b = $r }; $a | emit } }
        "errors within": {|ctx| for i in -2..2 { 10 // $i + $ctx.arg0 mod 7 | emit } }
        "errors caught within": {|ctx| mut n = 0; for i in -2..2 { $n += (try { 10 // $i } catch { 100 }); $i | emit }; $n | emit }
        "try and break": {|ctx| for i in 0..5 { try { if $i == 3 { break }; if $i == 1 { continue }; 6 // ($i - $ctx.arg0) | emit } catch { "zero" | emit } } }
        "a list of the kernel": {|ctx| mut m = -9223372036854775808; for x in ([$ctx.arg0 $ctx.arg1 3] | where $it != 5) { if $x > $m { $m = $x } }; $m | emit }
        "closure in a loop": {|ctx| let f = {|x| $x mod 10 * 2 }; for i in 0..2 { do $f ($i + $ctx.arg0 mod 100) | emit } }
        "1024 turns": {|ctx| mut n = 0; for i in 0..<$ctx.arg0 { $n += 1; if $n >= 1024 { break } }; mut k = 0; while $k < 1024 { $k += 1 }; {n: $n, k: $k} | emit }
        "70000 turns": {|ctx| mut s = 0; for i in 1..70000 { $s += $i }; {s: $s, n: $ctx.arg0} | emit }
        "many rows": {|ctx| for i in 0..<300 { {i: $i, n: $ctx.arg0} | emit } }
        "what a turn leaves to the next": {|ctx| mut n = 0; mut s = ""; for i in 0..5 { if $n == 3 { "three" | emit }; if $s == "ab" { "text" | emit }; $n += 1; if $i == 2 { $s = "ab" } }; if $n == 6 { "six" | emit }; {n: $n, s: $s} | emit }
        "what the last turn leaves": {|ctx| mut n = 0; mut s = "x"; for i in 0..<$ctx.arg0 { $n = 5; $s = "yz"; if $i > 3 or $i < -3 { break } }; if $n == 0 { "none" | emit }; if $n == 5 { "some" | emit }; if $s == "x" { "x" | emit } else { ($s | str length) | emit } }
        "returns through three": {|ctx| let f = {|n| for i in 0..3 { for j in 0..3 { for k in 0..3 { if $i * 9 + $j * 3 + $k == $n { return {i: $i, j: $j, k: $k} } } } }; null }; for d in 0..1 { {d: $d, f: (do $f ($ctx.arg0 + $d)), g: (do $f $d)} | emit } }
        "errors through three": {|ctx| let r = (try { mut s = 0; for i in 0..2 { for j in 0..2 { $s += 100 // ($ctx.arg0 - $i * 2 - $j) } }; $s } catch { "caught" }); {r: $r} | emit; for i in 0..1 { for j in 0..1 { 7 // ($ctx.arg1 - $j - 3) | emit } } }
    }
}
