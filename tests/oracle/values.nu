# Values that are kept, joined and changed.
{
    records: [[arg0 arg1]; [1 2] [-5 3] [20 -1] [101 -8] [101 8] [6 3] [9223372036854775807 0] [0 0]]
    closures: {
        copies: {|ctx| mut a = $ctx.arg0; let before = $a; $a += 1; let both = [$a $before]; $a = 0; {a: $a, before: $before, both: $both} | emit }
        held: {|ctx| mut a = 1; {list: [$a (if $ctx.arg0 > 5 { $a = 7; 2 } else { 3 })], a: $a} | emit }
        paths: {|ctx| {"a.b": $ctx.arg0, a: {b: $ctx.arg1}, "a_b": 3} | emit }
        strings: {|ctx| let size = if $ctx.arg0 > 100 { "large" } else if $ctx.arg0 > 10 { "middle" } else { "s" }; {size: $size, is: ($size == "s"), not: ($size != "large")} | emit }
        reused: {|ctx| mut s = "long enough"; let first = $s; if $ctx.arg0 > 5 { $s = "x" }; {first: $first, then: $s} | emit }
        nested: {|ctx| let r = {a: {b: [$ctx.arg0 ($ctx.arg1 - 1)]}, c: true}; {x: $r.a.b.1, y: $r.a.b.0, r: $r} | emit }
        shadowed: {|ctx| let x = $ctx.arg0; let y = if $x > 5 { let x = $x * 2; $x } else { let x = 0 - $x; $x }; {x: $x, y: $y} | emit }
        chain: {|ctx| if $ctx.arg0 == 1 or $ctx.arg0 == 20 or $ctx.arg1 == 3 or ($ctx.arg0 > 100 and $ctx.arg1 < 0 and $ctx.arg1 > -9) { {yes: $ctx.arg0} | emit } else { {no: $ctx.arg0} | emit } }
        returns: {|ctx| if $ctx.arg0 < 0 { return }; if $ctx.arg1 == 3 { {a: 1} | emit } else { if $ctx.arg0 > 100 { return }; {b: $ctx.arg1} | emit } }
        doubled: {|ctx| let yes = not (not ($ctx.arg0 > 5)); let no = not $yes; {yes: $yes, no: $no, x: ($yes xor $no)} | emit }
        constants: {|ctx| let k = {i: -1, s: "ü", d: 10ms, f: 1kb, n: null, l: [1 2.5], b: 0x[00 ff]}; {k: $k, a: $ctx.arg0, big: ($ctx.arg0 > 10_000_000_000)} | emit }
        durations: {|ctx| let d = 10ms + 5ms; let e = if $ctx.arg0 > 5 { $d } else { 1sec }; {e: $e, long: ($e > 100ms), sum: ($e + 1ms)} | emit }
    }
}
