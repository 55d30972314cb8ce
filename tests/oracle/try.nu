# `try` and `catch`: what fails, what was changed before it did, one in the other.
{
    records: [[arg0 arg1]; [0 abc] [1 "7"] [2 null] [-3 "größe"] [10 "0x1f"] [64 ""] [9223372036854775807 "-1"] [-9223372036854775808 "9"]]
    closures: {
        "each failure": {|ctx| let n = $ctx.arg0; let t = $ctx.arg1 | read-str --len 8; {over: (try { $n + 1 } catch { "over" }), zero: (try { 10 // $n } catch { "zero" }), mod: (try { 10 mod $n } catch { "zero" }), shift: (try { 1 bit-shl $n } catch { "shift" }), conv: (try { $t | into int } catch { "conv" }), none: (try { $t | str length } catch { "null" })} | emit }
        "more failures": {|ctx| let n = $ctx.arg0; let r = if $n > 1 { {a: 1} } else { {b: 1} }; let l = if $n > 1 { [1 2] } else { [1] }; {col: (try { $r.a } catch { "column" }), row: (try { $l.1 } catch { "row" }), mul: (try { $n * 3 } catch { "mul" }), sub: (try { $n - 2 } catch { "sub" }), abs: (try { $n | math abs } catch { "abs" }), pow: (try { $n ** 3 } catch { "pow" }), sum: (try { [$n $n] | math sum } catch { "sum" }), dur: (try { ($n | into duration) * 2 } catch { "dur" })} | emit }
        "uncaught": {|ctx| let x = try { 10 // $ctx.arg0 } catch { 0 }; $x | emit; 10 // ($ctx.arg0 - 1) | emit; "end" | emit }
        "without catch": {|ctx| try { 10 // $ctx.arg0 | emit }; "end" | emit }
        "value without catch": {|ctx| let x = try { 10 // $ctx.arg0 }; {x: $x, none: ($x == null)} | emit }
        "a command on constants": {|ctx| {a: (try { "x" | into int } catch { $ctx.arg0 }), b: (try { {a: 1} | get zz; 1 } catch { 2 }), c: (try { if $ctx.arg0 > 0 { "1y" | into int } else { 5 } } catch { "no" }), d: (try { try { "x" | into int | $in + 1 } catch { 1 // 0 } } catch { "outer" })} | emit }
        "errors made": {|ctx| let n = $ctx.arg0; {a: (try { if $n > 1 { error make {msg: "large"} }; $n } catch { "caught" }), b: (try { if $n < 1 { error make -u {msg: $"n is ($n)"} } else { 1 } } catch { 2 })} | emit; if $n == 10 { error make {msg: "ten", label: {text: "here", span: {start: 0, end: 1}}} }; "end" | emit }
        "an error made by a def": {|ctx| def check [n: int] { if $n < 0 { error make {msg: "negative"} } else { $n } }; {a: (check $ctx.arg0)} | emit }
        "changed before": {|ctx| mut a = 1; mut b = "x"; try { $a = 2; $b = "longer"; let c = 10 // $ctx.arg0; $a = $c; $b = "done" } catch { "failed" | emit }; {a: $a, b: $b} | emit }
        "records changed before": {|ctx| mut r = {a: 1, l: [1 2]}; try { $r.a = 5; $r.l.0 = 10 // $ctx.arg0; $r.l.1 = 10 // ($ctx.arg0 - 1); $r.a = 6 }; $r | emit }
        "emitted before": {|ctx| try { "before" | emit; 10 // $ctx.arg0 | emit; "after" | emit } catch { "caught" | emit }; "end" | emit }
        "nested": {|ctx| try { try { 10 // $ctx.arg0 | emit } catch { "inner" | emit; $ctx.arg0 bit-shl 64 | emit }; 5 // ($ctx.arg0 - 1) | emit } catch { "outer" | emit }; "end" | emit }
        "nested values": {|ctx| let x = try { let y = try { 10 // $ctx.arg0 } catch { -1 }; $y + (5 // ($ctx.arg0 - 1)) } catch { "outer" }; {x: $x} | emit }
        "in the catch": {|ctx| let x = try { 10 // $ctx.arg0 } catch { try { 5 // $ctx.arg0 } catch { "both" } }; {x: $x} | emit }
        "the catch fails": {|ctx| try { 10 // $ctx.arg0 | emit } catch { 5 mod $ctx.arg0 | emit }; "end" | emit }
        "the catch's error": {|ctx| try { 10 // $ctx.arg0 | emit } catch {|e| "caught" | emit } }
        "nothing fails": {|ctx| let x = try { 5 } catch { 6 }; try { $ctx.arg0 | emit } catch { "never" | emit }; $x | emit }
        "in a condition": {|ctx| if (try { 10 // $ctx.arg0 > 3 } catch { true }) { "yes" | emit } else { "no" | emit } }
        "in and around calls": {|ctx| let f = {|x| 10 // $x }; let g = {|x| try { do $f $x } catch { -1 } }; {a: (do $g $ctx.arg0), b: (try { do $f ($ctx.arg0 - 1) } catch { "b" }), c: ([0 $ctx.arg0] | each {|x| do $g $x })} | emit }
        "in loops": {|ctx| mut n = 0; for i in [-1 0 1] { let x = try { 10 // ($ctx.arg0 + $i) } catch { 100 }; $x | emit }; for i in 0..2 { $n += (try { 6 // ($i - ($ctx.arg0 mod 3)) } catch { 1000 }) }; $n | emit }
        "around loops": {|ctx| mut n = 0; try { for i in 0..5 { $n = $i; 12 // ($i - $ctx.arg0) | emit } } catch { "out" | emit }; $n | emit }
        "around a match": {|ctx| let x = try { match $ctx.arg0 { 0 => (1 // $ctx.arg0), 1 => "one", _ => ($ctx.arg0 * 2) } } catch { "failed" }; {x: $x} | emit }
        "return in it": {|ctx| let f = {|x| try { if $x > 5 { return "big" }; 10 // $x } catch { return "zero" }; }; {f: (do $f $ctx.arg0)} | emit; try { if $ctx.arg0 == 1 { return }; 1 // $ctx.arg0 } catch { return }; "end" | emit }
        "text": {|ctx| let t = $ctx.arg1 | read-str --len 8; let u = try { $t | str trim } catch { "none" }; {u: $u, is: ($u == "none"), n: ($u | str length), c: (try { $t + "x" } catch { "y" })} | emit }
        "lists": {|ctx| {a: (try { [$ctx.arg0 1] | each {|x| 10 // $x } } catch { [] }), b: (try { [1 (10 // $ctx.arg0)] } catch { [0] } | length), c: (try { [$ctx.arg0] | where (10 // $it) > 2 } catch { null })} | emit }
        "records": {|ctx| let r = try { {a: (10 // $ctx.arg0), b: 1} } catch { {a: 0, c: 2} }; {r: $r, a: $r.a, b: $r.b?} | emit }
        "default": {|ctx| {a: (try { 10 // $ctx.arg0 } | default 77)} | emit }
        "a division that is deferred": {|ctx| {a: (try { 10 / $ctx.arg0 } catch { "zero" })} | emit }
    }
}
