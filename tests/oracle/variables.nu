# Variables: `let`, `mut`, every operator that assigns, cell paths, shadowing.
{
    records: [[arg0 arg1 arg2]; [0 1 ""] [1 2 abc] [-7 3 "größe"] [100 -1 x] [5 0 "12345678"] [9223372036854775807 1 a] [-9223372036854775808 -1 ab] [64 64 y]]
    closures: {
        "+=": {|ctx| mut n = $ctx.arg0; $n += $ctx.arg1; $n += 0; $n | emit }
        "-=": {|ctx| mut n = $ctx.arg0; $n -= $ctx.arg1; $n | emit }
        "*=": {|ctx| mut n = $ctx.arg0; $n *= $ctx.arg1; $n | emit }
        "/=": {|ctx| mut n = $ctx.arg0; $n /= $ctx.arg1; $n | emit }
        "//": {|ctx| mut n = $ctx.arg0; $n = $n // $ctx.arg1; $n = $n mod 7; $n = $n ** 2; $n = $n bit-or 64; $n = $n bit-shl 1; $n | emit }
        "all in a row": {|ctx| mut n = $ctx.arg0 mod 1000; $n += 3; $n *= 2; $n -= 1; let m = $n; $n += $n; $n -= $m; {n: $n, m: $m} | emit }
        "++= of lists": {|ctx| mut l = [$ctx.arg0]; $l ++= [$ctx.arg1]; let k = $l; $l ++= $l; {l: $l, k: $k, n: ($l | length)} | emit }
        "text": {|ctx| let t = $ctx.arg2 | read-str --len 8; mut s = "a"; $s += $t; let u = $s; $s ++= "z"; {s: $s, u: $u, is: ($u == "aabc"), n: ($s == "az")} | emit }
        "text replaced": {|ctx| mut s = "long enough to hold"; let first = $s; $s = $ctx.arg2 | read-str --len 8; let t = $s; $s = "x"; {first: $first, t: $t, s: $s} | emit }
        "bools": {|ctx| mut b = false; if $ctx.arg0 > 0 { $b = true }; let c = $b; $b = not $b; $b = $b or $ctx.arg1 > 2; {b: $b, c: $c} | emit }
        "times": {|ctx| mut d = 1sec; $d += 500ms; $d *= 2; $d = $d // 3; mut f = 1kb; $f += 24b; $f *= 2; mut t = 2024-01-01T00:00:00Z; $t += 1day; $t -= 1hr; if $ctx.arg0 > 0 { $d = 0sec; $f = 0b; $t = 1999-09-09T09:09:09Z }; {d: $d, f: $f, t: $t} | emit }
        "cell paths": {|ctx| mut r = {a: $ctx.arg0, b: {c: [1 2]}, s: "x"}; $r.a = 3; $r.b.c.1 = $ctx.arg1; $r.b.c.0 += 5; $r.b.d = true; $r.s ++= "y"; $r.e = {f: 1}; $r.e.f *= 4; {r: $r} | emit }
        "cell paths of tables": {|ctx| mut t = [[n s]; [$ctx.arg0 a] [2 b]]; $t.0.n = 9; $t.1.s = "q"; $t.1.n += 1; {t: $t, n: $t.n} | emit }
        "a column of all rows": {|ctx| mut t = [[n]; [$ctx.arg0] [2]]; $t.m = $ctx.arg1; $t | emit }
        "shadowed": {|ctx| let x = $ctx.arg1; let x = $x + 1; let y = if $x > 2 { let x = $x * 2; $x } else { let x = "s"; $x }; let f = {|x| let x = $x + 100; $x }; {x: $x, y: $y, f: (do $f 1)} | emit }
        "a mut shadows": {|ctx| let x = $ctx.arg1; mut x = $x + 1; $x += 1; let x = $x * 2; mut y = 1; if $ctx.arg0 > 0 { mut y = 5; $y += 1; $y | emit }; $y += 1; {x: $x, y: $y} | emit }
        "mut in branches": {|ctx| mut a = 0; mut b = "none"; mut c = [0 0]; mut d = {x: 1, y: "s"}; if $ctx.arg0 > 0 { $a = 1; $b = "pos"; $c.0 = $ctx.arg1 } else if $ctx.arg0 < 0 { $a -= 1; $b = "negative"; $c = [7 8]; $d.x = 5 } else { $d = {x: 2, y: "longer"} }; {a: $a, b: $b, c: $c, d: $d} | emit }
        "mut of another structure": {|ctx| mut x = [1]; if $ctx.arg0 > 0 { $x = [1 2 $ctx.arg1] }; mut y = {a: 1}; if $ctx.arg0 < 0 { $y = {a: 3, b: "x"} }; {x: $x, y: $y, n: ($x | length)} | emit }
        "ranges are copied": {|ctx| mut n = 3; let r = 0..$n; let s = 1..<$n; $n = 10; {a: (7 in $r), b: (3 in $r), c: (3 in $s), d: ($r has 10), e: ($ctx.arg1 in $s)} | emit; for i in $r { $i | emit }; for i in $s { $n += $i; {i: $i} | emit }; $n | emit }
        "ranges of the kernel's are copied": {|ctx| mut n = $ctx.arg1; let r = $n..($n + 2); let open = $n..; $n = 50; {a: (51 in $r), b: ($ctx.arg1 in $r), c: (7 in $open), d: (50 in $r)} | emit; for i in $r { $n += 1; {i: $i} | emit }; {n: $n, last: (2 in 0..$n)} | emit }
        "a range in a loop": {|ctx| mut n = 3; for i in 0..$n { $n -= 1; {i: $i, in: ($i in 0..$n)} | emit }; for j in 0..1 { let r = $j..$n; $n = $ctx.arg1 mod 5; {j: $j, in: (0 in $r)} | emit; for i in $r { $i | emit } }; {n: $n} | emit }
        "copies": {|ctx| mut a = $ctx.arg1; let b = $a; $a += 1; let r = {a: $a, b: $b}; $a += 1; mut l = [$a $b]; let k = $l; $l.0 = 0; $a = 0; {r: $r, l: $l, k: $k} | emit }
        "in an expression": {|ctx| mut a = $ctx.arg1; let x = $a + (if $ctx.arg0 > 0 { $a += 10; $a } else { 1 }); let y = [$a (do { 5 }) $a]; {x: $x, y: $y, a: $a} | emit }
        "list order": {|ctx| mut a = 1; let l = [$a (if $ctx.arg0 > 0 { $a = 2; $a } else { $a = 3; 0 }) $a]; {l: $l, r: {x: $a, y: (if true { $a += 1; $a } else { 0 }), z: $a}} | emit }
        "a branch that is known": {|ctx| mut c = (if ("abc" == (match 0 { _ => "x" })) { 5 } else { "abc" }); $c = $ctx.arg1; {c: $c} | emit; mut d = (if true { "x" } else { 1 }); if $ctx.arg0 > 0 { $d = 5 }; {d: $d} | emit }
        "unused": {|ctx| let a = $ctx.arg0 + 1; let b = $ctx.arg2 | read-str --len 8; mut c = 5; $c = 6; 1 | emit }
        "used late": {|ctx| let d = $ctx.arg0 // $ctx.arg1; 1 | emit; $d | emit }
        "nothing": {|ctx| let n = null; let i = $ctx.arg0 | ignore; mut m = null; {n: $n, i: $i, m: $m, e: ($n == $i)} | emit }
        "$in": {|ctx| {a: ($ctx.arg1 | $in + 1), b: ([$ctx.arg1 5] | $in.0), c: ({x: $ctx.arg1} | $in.x * 2), d: ($ctx.arg1 | {v: $in, w: $in}), e: ($ctx.arg1 | if $in > 1 { "many" } else { "few" })} | emit; let y = $ctx.arg1 | $in * ($in + 1); $y | emit }
        "$in of closures": {|ctx| {a: ($ctx.arg1 | do { $in + 1 }), b: ([1 2] | each { $in * $ctx.arg1 }), c: ($ctx.arg1 | do {|x| $x + $in } 5), d: ([$ctx.arg1] | do { $in | length })} | emit }
        "blocks": {|ctx| let x = do { let y = $ctx.arg1; $y + 1 }; let z = do { let q = 3; $q + $x }; {x: $x, z: $z} | emit }
        "destructured": {|ctx| let r = {a: $ctx.arg1, b: [1 2]}; let a = $r.a; let b = $r.b.1; match $r { {a: $p, b: [$q _]} => { {p: $p, q: $q, a: $a, b: $b} | emit } } }
        "many": {|ctx| let a = $ctx.arg1; let b = $a + 1; let c = $b + $a; let d = $c + $b; let e = $d + $c; let f = $e + $d; let g = $f + $e; let h = $g + $f; let i = $h + $g; let j = $i + $h; [$a $b $c $d $e $f $g $h $i $j] | emit }
        "weird names": {|ctx| let int = $ctx.arg1; let return_ = 2; let ünï = 3; let a_b = 4; let nu_fail = 5; let struct = 6; [$int $return_ $ünï $a_b $nu_fail $struct] | emit }
    }
}
