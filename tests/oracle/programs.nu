# Small programs: numbers, loops and text as one would compute with them.
{
    records: [[arg0 arg1 arg2]; [0 0 ""] [1 5 abc] [12 -3 null] [150 150 "größe"] [-7 1 "x"] [5 12 x]]
    closures: {
        "two whiles": {|ctx| mut a = $ctx.arg0 bit-and 15; while $a > 0 { $a -= 1 }; mut b = $ctx.arg1 bit-and 15; while $b > 0 { $b -= 2 }; {a: $a, b: $b} | emit }
        "three whiles": {|ctx| mut a = $ctx.arg0 bit-and 15; while $a > 0 { $a -= 1 }; mut b = $ctx.arg1 bit-and 15; while $b > 0 { $b -= 2 }; mut c = 9; while $c > $a { $c -= 1 }; {a: $a, b: $b, c: $c} | emit }
        "loop with text": {|ctx| let t = $ctx.arg2 | read-str --len 8; mut n = 0; while $n < 10 { if $t == "abc" { break }; $n += 1 }; $n | emit }
        "for with match and text": {|ctx| let t = $ctx.arg2 | read-str --len 8; for i in 0..20 { if $t =~ 'b' and $i mod 7 == 3 { $i | emit } } }
        "for with emit of text": {|ctx| let t = $ctx.arg2 | read-str --len 8; for i in 0..9 { {i: $i, t: $t} | emit } }
        "while with checks": {|ctx| mut a = $ctx.arg0; mut b = $ctx.arg1; mut n = 0; while $n < 30 { $a = $a * 3 + 1; $b = $b - $a mod 7; $n += 1 }; {a: $a, b: $b} | emit }
        "collatz": {|ctx| mut a = if $ctx.arg0 > 0 { $ctx.arg0 } else { 1 }; mut n = 0; while $a != 1 { $a = if $a mod 2 == 0 { $a // 2 } else { $a * 3 + 1 }; $n += 1 }; $n | emit }
        "isqrt": {|ctx| mut r = 0; if $ctx.arg0 >= 0 { while ($r + 1) * ($r + 1) <= $ctx.arg0 { $r += 1 } }; $r | emit }
        "bits counted": {|ctx| mut n = 0; for i in 0..63 { if (($ctx.arg0 bit-shr $i) bit-and 1) == 1 { $n += 1 } }; $n | emit }
        "prime": {|ctx| let n = $ctx.arg0; mut p = $n > 1; for d in 2..15 { if $d < $n and $n mod $d == 0 { $p = false; break } }; $p | emit }
        "for over for over for": {|ctx| mut n = 0; for i in 0..4 { for j in 0..4 { for k in 0..4 { if $i + $j + $k == $ctx.arg0 { $n += 1 } } } }; $n | emit }
        "a while after emits": {|ctx| "a" | emit; mut n = 3; while $n > 0 { $n | emit; $n -= 1 }; "b" | emit; "c" | emit }
        "lots of branches": {|ctx| mut s = 0; for i in 0..30 { if (($ctx.arg0 bit-shr ($i mod 8)) bit-and 1) == 1 { $s += $i } else if $i mod 3 == 0 { $s -= 1 }; if $s > 100 { $s = 0 } }; $s | emit }
        "try in while": {|ctx| mut n = 5; mut s = 0; while $n > -3 { $s += (try { 10 // ($n - $ctx.arg0) } catch { 50 }); $n -= 1 }; $s | emit }
        "dynamic for with try": {|ctx| for i in $ctx.arg1..$ctx.arg0 { if $i > 5 or $i < -5 { continue }; try { 10 // $i | emit } catch { "zero" | emit } } }
        "sparse in loop": {|ctx| for i in 0..5 { [$ctx.arg0 $ctx.arg1 $i] | where $it > 2 | length | emit } }
        "max in loop": {|ctx| mut m = [0 0 0]; for i in 0..5 { let x = $ctx.arg0 * $i mod 7; $m = [$x $m.0 $m.1]; if ($m | math max) > 5 { break } }; $m | emit }
        "interpolation in loop": {|ctx| for i in 0..5 { let k = $"($i)-($ctx.arg0)"; if $k == "3-12" { $k | emit } } }
        "substring in loop": {|ctx| let t = $ctx.arg2 | read-str --len 8; if $t =~ '^[a-z]+$' { for i in 0..5 { if ($t | str substring 1..) == "bc" { $i | emit } } } }
        "into int in loop": {|ctx| for s in ["1" "22" "x"] { try { $s | into int | emit } catch { "no" | emit } } }
        "index-of in loop": {|ctx| let t = $ctx.arg2 | read-str --len 8; if $t != null { for p in ["b" "c" "ö"] { $t | str index-of $p | emit } } }
        "eight patterns": {|ctx| let t = $ctx.arg2 | read-str --len 16; if $t != null { [($t =~ 'a') ($t =~ 'b$') ($t =~ '^c') ($t =~ 'd+') ($t =~ '[e-g]') ($t =~ 'h|i') ($t =~ 'j.k') ($t =~ '^x')] | emit } }
    }
}
