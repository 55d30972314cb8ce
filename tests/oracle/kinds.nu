# Values of one kind or another, null among them: what a branch gave, looked at behind it.
{
    records: [[arg0 arg1]; [0 "abc"] [1 ""] [2 null] [-3 "größe"] [10 "7"]]
    closures: {
        "if that never holds": {|ctx| (if false { 1 }) | emit; let x = if 1 > 2 { $ctx.arg0 }; {x: $x, m: (match (if false { 7 }) { null => $ctx.arg0, _ => 2 })} | emit; if false { $ctx.arg0 | emit }; (if true { $ctx.arg0 }) | emit }
        "if without else": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 }; {x: $x, none: ($x == null), not: ($x != null), d: ($x | default 77), one: ($x == 1), empty: ($x | is-empty)} | emit }
        "int or text": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 } else { "none" }; {x: $x, a: ($x == 1), b: ($x == "none"), c: ($x in [1 "none" null]), d: ($x != 10), e: $"<($x)>"} | emit }
        "arithmetic on it": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 } else { "none" }; $x + 1 | emit }
        "compared in order": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 } else { "none" }; $x > 1 | emit }
        "arithmetic on null": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 }; {a: (try { $x + 1 } catch { -9 }), b: (try { $x > 5 } catch { false })} | emit }
        "null compared in order": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 }; let y = ($x > 1); {y: $y} | emit }
        "null compared with what comes": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 }; let t = $ctx.arg1 | read-str --len 8; {a: ($x < $ctx.arg0), b: ($ctx.arg0 >= $x), c: ($x <= $x), d: (try { if $x > $ctx.arg0 { 1 } else { 2 } } catch { "no" }), e: (try { not ($x < $ctx.arg0) } catch { "no" }), f: (try { $x < $t } catch { "no" }), g: (($ctx.arg0 > $x) == null)} | emit }
        "never equal": {|ctx| let t = $ctx.arg0 > 1; {a: ($ctx.arg0 == "1"), b: ($ctx.arg0 != "x"), c: ($t == 1), d: ($ctx.arg0 == 1sec), e: (1b == $ctx.arg0), f: ($ctx.arg0 == 0x[01]), g: ($ctx.arg0 == [1]), h: ($ctx.arg0 == {a: 1}), i: ($t != null), j: ($ctx.arg0 in ["1" 1sec true 1]), k: ([$ctx.arg0 a] == [a $ctx.arg0]), l: ({a: $t} == {a: 1}), m: ($ctx.arg0 == 1.0), n: ($ctx.arg0 != 1.5), o: ($ctx.arg0 in [2.0 x -3.0]), p: (10.0 == $ctx.arg0), q: (match $ctx.arg0 { 1.0 => "one", "x" => "x", _ => "other" })} | emit }
        "list or int": {|ctx| let x = if $ctx.arg0 > 0 { [$ctx.arg0 5] } else { $ctx.arg0 }; {x: $x, e: ($x | each {|i| $i mod 4 }), empty: ($x | is-empty), a: ($x | append 1)} | emit }
        "lists of two lengths": {|ctx| let x = if $ctx.arg0 > 0 { [$ctx.arg0 5] } else { [1] }; {x: $x, n: ($x | length), f: ($x | first), l: ($x | last), m: ($x | math max), s: ($x | each {|i| $i + 1 }), r: ($x | reverse), a: ($x | append 9), c: ($x ++ [0]), in: (5 in $x), w: ($x | where $it > 1), t: ($x | take 1), eq: ($x == [1])} | emit }
        "empty or not": {|ctx| let x = if $ctx.arg0 > 0 { [$ctx.arg0] } else { [] }; {x: $x, n: ($x | length), e: ($x | is-empty), a: ($x | append 1), any: ($x | any {|i| $i > 5 }), all: ($x | all {|i| $i > 5 }), red: ($x | reduce --fold 3 {|i, a| $a + $i })} | emit }
        "first of empty or not": {|ctx| let x = if $ctx.arg0 > 0 { [$ctx.arg0] } else { [] }; $x | first | emit }
        "records": {|ctx| let r = if $ctx.arg0 > 0 { {a: $ctx.arg0} } else { {a: "x", b: true} }; {r: $r, a: $r.a, b: $r.b?, c: ($r | columns), m: ($r | merge {a: 2}), s: ($r | select a), eq: ($r == {a: 1}), u: ($r | upsert c 1), d: ($r | default 0 b)} | emit }
        "a column's kinds": {|ctx| let r = if $ctx.arg0 > 0 { {a: $ctx.arg0} } else { {b: true} }; {a: $r.a?, b: ($r.b? | default false), has: ("a" in $r), e: ($r.a? == null)} | emit }
        "three kinds": {|ctx| let x = if $ctx.arg0 > 5 { 1sec } else if $ctx.arg0 > 0 { "s" } else if $ctx.arg0 == 0 { 1kb }; {x: $x, d: ($x == 1sec), s: ($x == "s"), f: ($x == 1kb), n: ($x == null)} | emit }
        "match on it": {|ctx| let x = if $ctx.arg0 > 5 { 7 } else if $ctx.arg0 > 0 { "s" } else if $ctx.arg0 == 0 { [1 2] }; let y = match $x { 7 => "seven", "s" => "text", [$a $b] => $"list ($a)", null => "none", _ => "?" }; {y: $y} | emit }
        "mut of kinds": {|ctx| mut x = $ctx.arg0 | ignore; if $ctx.arg0 > 0 { $x = $ctx.arg0 }; if $ctx.arg0 > 5 { $x = "big" }; {x: $x, n: ($x == null)} | emit }
        "text or null": {|ctx| let t = $ctx.arg1 | read-str --len 8; {t: $t, n: ($t == null), e: ($t | is-empty), d: ($t | default "-"), c: (if $t == null { 0 } else { $t | str length }), in: ($t in ["abc" null]), nin: ($t not-in ["" "abc"]), same: ($t == $t)} | emit }
        "text or int": {|ctx| let t = $ctx.arg1 | read-str --len 8; let x = if $ctx.arg0 > 0 { $ctx.arg0 } else { $t }; {x: $x, a: ($x == "abc"), b: ($x == 1), n: ($x == null), d: ($x | default 3)} | emit }
        "text or another": {|ctx| let t = $ctx.arg1 | read-str --len 8; let x = if $ctx.arg0 > 0 { "constant" } else { $t }; {x: $x, n: ($x == null), a: ($x == "abc"), c: ($x == "constant"), d: ($x | default "q" | str length)} | emit }
        "text or nothing": {|ctx| let t = $ctx.arg1 | read-str --len 8; let x = if $ctx.arg0 > 0 { $t }; {x: $x, n: ($x == null), e: ($x | is-empty), d: ($x | default "q")} | emit }
        "of a list": {|ctx| let l = [(if $ctx.arg0 > 0 { 1 } else { "x" }) 2 (if $ctx.arg0 > 1 { null } else { 3 })]; {l: $l, e: ($l | each {|x| $x == 1 }), in: ("x" in $l), has: ($l has null), w: ($l | where $it != null), n: ($l | length), f: ($l | first), eq: ($l == [1 2 3]), c: ($l | each {|x| $x })} | emit }
        "a condition": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 > 1 } else { null }; if $x == true { "yes" | emit } else { "no" | emit } }
        "a condition that is null": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 > 1 }; if $x { "yes" | emit } else { "no" | emit } }
        "not null": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 > 1 }; {n: (try { not $x } catch { "error" }), a: (try { $x and true } catch { "error" }), o: (try { true or $x } catch { "error" }), f: (try { false and $x } catch { "error" })} | emit }
        "interpolated": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 }; let t = $ctx.arg1 | read-str --len 8; {a: $"[($x)]", b: $"[($t)]", c: $"($x)($t)"} | emit }
        "two of them": {|ctx| let x = if $ctx.arg0 > 0 { 1 } else { "a" }; let y = if $ctx.arg0 > 1 { 1 } else { "a" }; {eq: ($x == $y), ne: ($x != $y), s: (try { $x + $y } catch { null }), l: ([$x] == [$y])} | emit }
        "int or float": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 } else { 2.5 }; {x: $x, a: ($x + 1), t: $"($x)"} | emit }
        "int or duration": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 } else { 1sec }; {x: $x, m: ($x * 2), d: ($x // 2), eq: ($x == 1sec)} | emit }
        "counted": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 } else { "a" }; let n = [$x 1 "a"] | where $it == $x | length; $n | emit }
        "each of text or null": {|ctx| let t = $ctx.arg1 | read-str --len 8; {a: ($t | each {|x| $x == "abc" }), b: ($t | each {|x| $x == null }), c: ($t | each {|x| 7 } | default 8), d: ($t | each {|x| $x | str length }), e: (null | each {|x| 7 }), f: ($t | each --keep-empty {|x| {x: $x} })} | emit; $t | each {|x| "once" | emit } | ignore; "end" | emit }
        "each of null": {|ctx| let x = if $ctx.arg0 > 0 { $ctx.arg0 }; {a: ($x | each {|x| $x == 1 }), b: ($x | each {|x| $x == null })} | emit }
        "for of text or null": {|ctx| for t in ($ctx.arg1 | read-str --len 8) { {t: $t, n: ($t | str length)} | emit }; let u = $ctx.arg1 | read-str --len 8; for t in $u { if $ctx.arg0 == 0 { break }; if $t == "" { continue }; $t | emit }; "end" | emit }
        "for of null": {|ctx| mut n = $ctx.arg0; for x in null { "never" | emit; $n = 100 }; for x in (if false { 1 }) { "never" | emit }; $n | emit }
        "for": {|ctx| for x in [(if $ctx.arg0 > 0 { 1 } else { "a" }) null 2] { if $x == null { continue }; {x: $x, t: ($x == "a")} | emit } }
        "deep": {|ctx| let r = {a: [(if $ctx.arg0 > 0 { {x: 1} } else { [2] })]}; {r: $r, x: $r.a.0.x?, y: (try { $r.a.0.0 } catch { "no" })} | emit }
        "returned": {|ctx| let f = {|n| if $n > 1 { return "big" }; if $n < 0 { return }; $n }; {a: (do $f $ctx.arg0), b: ((do $f $ctx.arg0) == 1)} | emit }
    }
}
