# `if`, `match`, `return`: every form of pattern, as a statement and as a value.
{
    records: [[arg0 arg1]; [0 "a"] [1 "ab"] [2 ""] [3 null] [5 "größe"] [9 "x"] [10 "b"] [11 "abc"] [-1 "a"] [-10 "ab"] [100 ""] [9223372036854775807 "x"] [-9223372036854775808 null]]
    closures: {
        "else if": {|ctx| if $ctx.arg0 < 0 { "neg" | emit } else if $ctx.arg0 == 0 { "zero" | emit } else if $ctx.arg0 in 1..3 { "few" | emit } else if $ctx.arg0 mod 5 == 0 { "five" | emit } else { "many" | emit } }
        "if as a value": {|ctx| let x = if $ctx.arg0 > 5 { if $ctx.arg0 > 50 { "huge" } else { "big" } } else if $ctx.arg0 > 0 { "small" } else { "none" }; {x: $x, y: (if $x == "big" { 1 } else { 2 }), z: ((if $ctx.arg0 > 0 { 3 } else { 4 }) + 1)} | emit }
        "if without else": {|ctx| let x = if $ctx.arg0 > 5 { 1 }; {x: $x} | emit; if $ctx.arg0 > 50 { "huge" | emit } }
        "if with statements": {|ctx| mut n = 0; if $ctx.arg0 > 0 { let m = $ctx.arg0 mod 7; $n = $m; if $m > 2 { $n += 10; $m | emit } } else { $n = -1 }; $n | emit }
        "and, or, not": {|ctx| let a = $ctx.arg0; if ($a > 0 and $a < 10) or $a == -10 { 1 | emit } else if not ($a > 0) and $a != 0 { 2 | emit } else if $a > 5 xor $a mod 2 == 0 { 3 | emit } else { 4 | emit } }
        "short circuit": {|ctx| let a = $ctx.arg0; {a: ($a != 0 and 100 // $a > 20), b: ($a == 0 or 100 // $a < 20), c: (try { $a > 0 and 10 // ($a - 1) > 1 } catch { "zero" })} | emit }
        "match ints": {|ctx| let x = match $ctx.arg0 { 0 => "zero", 1 => "one", -1 => "minus one", 9223372036854775807 => "max", -9223372036854775808 => "min", _ => "other" }; $x | emit }
        "match ranges": {|ctx| let x = match $ctx.arg0 { 0..2 => "low", 3..<10 => "mid", 10..10 => "ten", -5..-1 => "minus", 50.. => "much", _ => "other" }; $x | emit }
        "match or": {|ctx| let x = match $ctx.arg0 { 0 | 2 | 10 => "even", 1 | 3 | 5..9 => "odd", -10 | -1 => "neg", _ => "other" }; $x | emit }
        "match guards": {|ctx| let x = match $ctx.arg0 { $n if $n < 0 => ($n + 1), $n if $n mod 2 == 0 and $n > 5 => "even", 1 if false => "never", 1 => "one", $n => {n: $n} }; {x: $x} | emit }
        "match a guard of another value": {|ctx| let y = $ctx.arg0 mod 3; let x = match $y { 0 if $ctx.arg0 > 5 => "a", 0 => "b", 1 if $ctx.arg0 > 5 => "c", _ => "d" }; $x | emit }
        "match none fits": {|ctx| let x = match $ctx.arg0 { 1 => "one", 2 => "two" }; {x: $x} | emit }
        "match as a statement": {|ctx| match $ctx.arg0 { 0 => { "zero" | emit }, 1..5 => { "few" | emit; 1 | emit }, 10 => { return }, _ => {} }; "end" | emit }
        "match strings": {|ctx| let t = $ctx.arg1 | read-str --len 8; let x = match $t { "a" => 1, "ab" | "b" => 2, "" => 3, "größe" => 4, null => 5, $o if $o =~ "^abc" => 6, _ => 7 }; $x | emit }
        "match strings and names": {|ctx| let t = $ctx.arg1 | read-str --len 8; match $t { null => { "none" | emit }, "a" => { "A" | emit }, $other => { {other: $other, n: ($other | str length)} | emit } } }
        "match bools": {|ctx| let x = match ($ctx.arg0 > 1) { true => "yes", false => "no" }; let y = match ($ctx.arg0 > 50) { true => 1, _ => 0 }; {x: $x, y: $y} | emit }
        "match lists": {|ctx| let l = [$ctx.arg0 2 3]; let x = match $l { [] => "none", [1] => "one", [1 2 3] => "all", [0 ..] => "from zero", [$a 2 $b] if $a > 50 => $b, [$a ..$rest] => {a: $a, rest: $rest}, _ => "other" }; {x: $x} | emit }
        "match lists of lists": {|ctx| let x = match [[$ctx.arg0 1] 2] { [[0 $a] $b] => ($a + $b), [[$a 1] _] if $a > 5 => $a, [[$a] _] => "short", _ => "other" }; {x: $x} | emit }
        "match records": {|ctx| let r = {a: $ctx.arg0, b: {c: 5}}; let x = match $r { {a: 0} => "zero", {a: 1, b: $b} => $b.c, {z: _} => "z", {a: $n, b: {c: $c}} if $n > 5 => ($n mod 100 + $c), {b: {c: 5}} => "five", _ => "other" }; {x: $x} | emit }
        "match $names": {|ctx| let r = {a: $ctx.arg0, b: 2}; match $r { {$a, $b} => { {sum: ($a mod 100 + $b)} | emit }, _ => { "no" | emit } } }
        "match kinds": {|ctx| let x = if $ctx.arg0 > 5 { [$ctx.arg0] } else if $ctx.arg0 > 0 { {a: $ctx.arg0} } else { $ctx.arg0 }; let y = match $x { [$a] => "list", {a: $a} => "record", 0 => "zero", _ => "int" }; $y | emit }
        "match durations": {|ctx| let d = $ctx.arg0 mod 1000 | into duration; let x = match $d { 0sec => "zero", 1ns => "one", 10ns | 11ns => "ten", _ => "other" }; $x | emit }
        "match in match": {|ctx| let x = match $ctx.arg0 { 0..9 => (match $ctx.arg0 { 0 => "zero", 1 | 2 => "few", _ => "some" }), $n => (match ($n > 0) { true => "much", false => "minus" }) }; $x | emit }
        "match and mut": {|ctx| mut n = 1; mut s = "x"; match $ctx.arg0 { 0 => { $n = 5 }, 1..3 => { $n += 10; $s = "few" }, _ => { $s = "long text" } }; {n: $n, s: $s} | emit }
        "match of a constant": {|ctx| let k = 3; let x = match $k { 1 => "a", 3 => $ctx.arg0, _ => "c" }; $x | emit }
        "match in a loop": {|ctx| for i in 0..4 { match $i { 1 => { continue }, 3 => { break }, _ => { $i | emit } } } }
        "return": {|ctx| if $ctx.arg0 < 0 { return }; if $ctx.arg0 > 50 { "much" | emit; return }; $ctx.arg0 | emit; if $ctx.arg0 == 5 { return 7 }; "end" | emit }
        "return in a loop": {|ctx| for i in 0..10 { if $i > $ctx.arg0 { return }; $i | emit } }
        "return in a match": {|ctx| match $ctx.arg0 { 0 => { return }, 1 | 2 => { "few" | emit; return }, _ => {} }; "end" | emit }
        "return in a try": {|ctx| try { if $ctx.arg0 > 5 { return }; 10 // $ctx.arg0 | emit } catch { "zero" | emit }; "end" | emit }
        "return from a closure": {|ctx| let f = {|n| if $n < 0 { return "neg" }; for i in 0..5 { if $i * $i > $n { return $i } }; "big" }; {a: (do $f $ctx.arg0), b: (do $f 3)} | emit }
        "deep": {|ctx| let a = $ctx.arg0; if $a > 0 { if $a > 1 { if $a > 2 { if $a > 3 { if $a > 9 { if $a > 10 { "11+" | emit } else { "10" | emit } } else { "4..9" | emit } } else { "3" | emit } } else { "2" | emit } } else { "1" | emit } } else { "-" | emit } }
        "many arms": {|ctx| let x = match $ctx.arg0 { 0 => 10, 1 => 11, 2 => 12, 3 => 13, 4 => 14, 5 => 15, 6 => 16, 7 => 17, 8 => 18, 9 => 19, 10 => 20, 11 => 21, _ => -1 }; $x | emit }
    }
}
