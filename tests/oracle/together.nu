# One feature inside another, as a longer closure has them.
let names = {0: "zero", 1: "one"}
let limits = [[low high name]; [0 9 small] [10 99 middle] [100 999 large]]
def class [n] { for row in $limits { if $n >= $row.low and $n <= $row.high { return $row.name } }; "none" }
def digits [n] { mut k = $n; mut s = 0; for i in 0..4 { $s += $k mod 10; $k = $k // 10 }; $s }
def either [a, b] { if $a > $b { {big: $a} } else { [$b] } }
{
    records: [[arg0 arg1 arg2]; [0 0 ""] [1 5 abc] [12 -3 null] [150 150 "größe"] [-7 1 "GET /x"] [999 3 "POST /long"] [5 12 x]]
    closures: {
        "a histogram's key": {|ctx| let n = $ctx.arg0; mut k = 0; mut m = if $n < 0 { 0 - $n } else { $n }; for i in 0..20 { if $m == 0 { break }; $m = $m bit-shr 1; $k += 1 }; {key: $k, class: (class $n)} | emit }
        "a request": {|ctx| let t = $ctx.arg2 | read-str --len 10; if $t == null { return }; let verb = if $t starts-with "GET" { "get" } else if $t starts-with "POST" { "post" } else { return }; {verb: $verb, long: ($t =~ 'long$'), n: ($t | str length)} | emit }
        "tables and defs": {|ctx| [$ctx.arg0 $ctx.arg1 50] | each {|n| {n: $n, c: (class $n)} } | where c != "none" | emit }
        "sums of digits": {|ctx| {a: (digits 12345), b: (digits ($ctx.arg0 bit-and 1023)), c: ([1 $ctx.arg1] | each {|x| digits ($x bit-and 255) } | math sum)} | emit }
        "either of defs": {|ctx| let e = either $ctx.arg0 $ctx.arg1; {e: $e, big: ($e.big? | default 0), is: ($e == [12]), m: (match $e { {big: $b} => $b, [$l] => ($l + 1000) })} | emit }
        "where, each, where": {|ctx| let l = [$ctx.arg0 $ctx.arg1 3 7] | where $it > 0 | each {|x| $x mod 10 } | where $it > 2; {l: $l, n: ($l | length), s: ($l | reduce --fold 0 {|x, s| $s * 10 + $x }), any: ($l | any {|x| $x == 7 })} | emit }
        "lists of lists": {|ctx| let l = [[$ctx.arg0 1] [2 $ctx.arg1] []]; {a: ($l | each {|x| $x | where $it > 1 }), b: ($l | each {|x| $x | length }), c: ($l | where {|x| 1 in $x }), d: ($l | each {|x| $x | append 0 | math max }), e: ($l | any {|x| $x | is-empty })} | emit }
        "loops over what where left": {|ctx| mut best = {n: -1, name: "none"}; for r in ($limits | where low <= $ctx.arg0) { for x in [1 2] { if $r.low + $x > $best.n { $best = {n: ($r.low + $x), name: $r.name} } } }; $best | emit }
        "mut in deep branches": {|ctx| mut s = "start"; mut n = 0; mut l = [0 0]; for i in 0..3 { if $i mod 2 == 0 { if $ctx.arg0 > 10 { $s = "big"; $l.0 += $i } else { $n += $i } } else { match $ctx.arg1 { 5 => { $l.1 = $i }, $x if $x < 0 => { $s = "neg"; $n -= 1 }, _ => {} } } }; {s: $s, n: $n, l: $l} | emit }
        "try in each in a loop": {|ctx| for i in 0..1 { [$ctx.arg0 $ctx.arg1] | each {|x| try { 10 // ($x - $i) } catch { "zero" } } | emit } }
        "return from within all": {|ctx| for i in 0..2 { for x in [1 2] { try { if $i * $x == 2 { {i: $i, x: $x} | emit; return }; 4 // ($ctx.arg0 - $i) | emit } catch { "zero" | emit } } } }
        "kinds in a loop": {|ctx| for x in [1 "a" null [$ctx.arg0] {k: $ctx.arg1}] { let d = match $x { null => "null", [$y] => $"list ($y)", {k: $k} => $k, _ => $x }; {d: $d, e: ($x | is-empty), n: ($x == null)} | emit } }
        "null through everything": {|ctx| let t = $ctx.arg2 | read-str --len 10; let l = [$t "abc" null]; {a: ($l | where $it != null), b: ($l | each {|x| $x | default "d" }), c: ($l | each {|x| $x | is-empty }), d: ($l | each {|x| $x }), e: (null in $l), f: ($l | any {|x| $x == "abc" }), n: ($l | length)} | emit }
        "text in records in lists": {|ctx| let t = $ctx.arg2 | read-str --len 10; let r = [{t: $t, n: 1} {t: "abc", n: $ctx.arg0}]; {same: ($r.0.t == $r.1.t), w: ($r | where t == "abc" | get n), f: ($r | where n > 0 | length), eq: ($r.0 == {t: "abc", n: 1})} | emit }
        "one variable, many emits": {|ctx| mut r = {i: 0}; $r | emit; $r.i = $ctx.arg0; $r | emit; $r.j = "new"; $r | emit; if $ctx.arg1 > 3 { $r.k = [1]; $r | emit }; $r | emit }
        "arguments in order": {|ctx| mut n = 0; let f = {|a, b, c| [$a $b $c] }; let x = do $f $ctx.arg0 (if $ctx.arg0 > 5 { $n += 1; $n } else { 9 }) $n; {x: $x, n: $n} | emit }
        "a default in a chain": {|ctx| let names = {a: {b: $ctx.arg0}}; {a: ($names.a?.b? | default 1), b: ($names.x?.b? | default $ctx.arg1), c: ($names | get -o x.y.z | default {z: 1} | get z)} | emit }
        "time and size": {|ctx| let d = $ctx.arg0 * 1ms; let rate = $ctx.arg1 * 1kib; let slow = $d > 100ms; {d: $d, rate: $rate, slow: $slow, per: (if $ctx.arg0 > 0 { $rate / $ctx.arg0 }), bucket: ($d // 10ms * 10ms)} | emit }
        "and in for in if": {|ctx| mut n = 0; if $ctx.arg0 > 0 { for i in 0..5 { if $i > 1 and $i < 4 or $i == $ctx.arg0 { $n += $i } } } else if (try { 1 // $ctx.arg0 > 0 } catch { true }) { $n = 100 } else { $n = -1 }; $n | emit }
        "a comparison of everything": {|ctx| let a = {x: [$ctx.arg0 {y: "s"}], z: null}; let b = {x: [12 {y: "s"}], z: null}; {eq: ($a == $b), ne: ($a != $b), in: ($a in [$b 1]), l: ([$a] == [$b]), m: (match $a { {x: [12 $r]} => $r.y, _ => "other" })} | emit }
        "every variable in the end": {|ctx| let a = $ctx.arg0; let b = [$a $ctx.arg1]; let c = {b: $b, a: $a}; let d = $c | insert e true; let f = $d.b | each {|x| $x > 1 }; let g = if $a > 5 { $f.0 } else { $f.1 }; mut h = $g; $h = not $h; [$a $b $c $d $f $g $h] | emit }
    }
}
