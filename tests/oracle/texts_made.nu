# Text that is put together: emitted, compared, looked into, changed.
{
    records: [[arg0 arg1]; [0 abc] [1 ""] [7 "größe"] [-3 "exactly sixteen."] [100 null] [9223372036854775807 "日本語"] [-9223372036854775808 "a%b\\\""]]
    closures: {
        "emitted": {|ctx| let t = $ctx.arg1 | read-str --len 16; {a: $"($ctx.arg0)", b: $"<($t)>", c: $"($ctx.arg0 + 0)-($t)-($ctx.arg0 > 0)", d: $"plain", e: $"", f: $"50%: ($ctx.arg0)% s\n", g: $"($ctx.arg0)($ctx.arg0)"} | emit }
        "of every kind": {|ctx| let n = $ctx.arg0 mod 1000; {a: $"($n | into duration)", b: $"($n | into filesize)", c: $"([$n 2])", d: $"({a: $n})", e: $"(null)", f: $"($n / 7)", g: $"(2.50)", h: $"(0x[41])", i: $"(2024-02-29T12:00:00Z)", j: $"(if $n > 5 { $n })", k: $"([])", l: $"(1)"} | emit }
        "of times": {|ctx| let n = $ctx.arg0 mod 1000; let d = $n | into duration --unit ms; {a: $"($d)", b: $"($d * 1000)", c: $"($n * 1000 | into filesize)", d: ($d | into string), e: $"(2024-02-29T12:00:00Z + $d)", f: ($n * 5 | into filesize | into string)} | emit }
        "compared": {|ctx| let t = $ctx.arg1 | read-str --len 16; if $t != null { {a: ($"($ctx.arg0)" == "7"), b: ($"<($t)>" == "<abc>"), c: ($"($t)($ctx.arg0)" != "0"), d: ($"($ctx.arg0 > 0)" == "true"), e: ($"($t)x" == "größex"), f: ($"($ctx.arg0)($t)" == "0abc")} | emit } }
        "compared, numbers": {|ctx| {a: ($"($ctx.arg0)" == "9223372036854775807"), b: ($"($ctx.arg0)" == "-9223372036854775808"), c: ($"($ctx.arg0)%" == "7%"), d: ($"n=($ctx.arg0);" == "n=-3;"), e: ($"($ctx.arg0)" < "5"), f: ($"($ctx.arg0)" in ["0" "1"])} | emit }
        "of null": {|ctx| let t = $ctx.arg1 | read-str --len 16; {a: $"<($t)>", b: $"($t)", n: ($"($t)" == ""), m: ($"<($t)>" == "<>"), l: ($"($t)" | str length)} | emit }
        "compared with another": {|ctx| let t = $ctx.arg1 | read-str --len 16; if $t != null { {a: ($"($t)" == $t), b: ($"($t)!" > $t), c: ($t in $"x($t)y"), d: ($"($t)b" starts-with $t)} | emit } }
        "changed": {|ctx| let t = $ctx.arg1 | read-str --len 16; if $t =~ '^[ -~]*$' { let s = $" ($t)-($ctx.arg0) "; {t: ($s | str trim), l: ($s | str trim | str length)} | emit } }
        "changed again": {|ctx| let s = $" n($ctx.arg0)"; {u: ($s | str uppercase), b: ($s | str substring 1..3), i: ($"($ctx.arg0)" | into int)} | emit }
        "looked into once": {|ctx| let s = $"<($ctx.arg0)>"; {n: ($s | str length), has: ($s has "<7>"), m: ($s =~ '^<[0-9]*>'), sw: ($s starts-with "<0"), ew: ($s ends-with "0>")} | emit }
        "looked for": {|ctx| let s = $"<($ctx.arg0)>"; {at: ($s | str index-of ">"), in: ("7" in $s)} | emit }
        "kept": {|ctx| let s = $"n($ctx.arg0)"; let t = $s; mut u = $s; $u += "x"; {s: $s, t: $t, u: $u, is: ($s == "n7"), l: [$s $t]} | emit; $s | emit }
        "in branches": {|ctx| let s = if $ctx.arg0 > 5 { $"big ($ctx.arg0)" } else if $ctx.arg0 > 0 { "small" } else { $"($ctx.arg0)" }; {s: $s, is: ($s == "small"), n: ($s | str length)} | emit }
        "in a loop": {|ctx| mut s = "start"; for i in 0..2 { $s = $"($i):($ctx.arg0)"; $s | emit; if $s == "1:7" { break } }; $s | emit }
        "of text made": {|ctx| let a = $"<($ctx.arg0)>"; let b = $"[($a)]"; {b: $b, is: ($b == "[<7>]"), n: ($"($b)($a)" | str length)} | emit }
        "many parts": {|ctx| let a = $ctx.arg0 mod 10; {a: ($"($a)-($a)-($a)-($a)-($a)-($a)-($a)-($a)-($a)-($a)" == "7-7-7-7-7-7-7-7-7-7"), b: $"($a)-($a)-($a)-($a)-($a)-($a)-($a)-($a)-($a)-($a)-($a)-($a)-($a)-($a)"} | emit }
        "match on it": {|ctx| match $"($ctx.arg0)" { "0" => { "zero" | emit }, "7" | "1" => { "few" | emit }, $s if $s starts-with "-" => { $s | emit }, _ => { "other" | emit } } }
        "into string": {|ctx| {a: (($ctx.arg0 | into string) + "!"), b: ([$ctx.arg0 true] | each { into string }), c: (($ctx.arg0 | into string) == $"($ctx.arg0)"), d: (($ctx.arg0 > 0 | into string) == "true")} | emit }
        "records and lists": {|ctx| let r = {s: $"($ctx.arg0)", l: [$"a($ctx.arg0)"]}; {r: $r, is: ($r.s == "1"), has: ($r.l has "a7"), eq: ($r.l == ["a0"]), e: ($r.l | each {|x| $"($x)!" })} | emit }
        "raw and quoted": {|ctx| {a: $'($ctx.arg0)\n', b: $"\t($ctx.arg0)\"", c: r#'a"b'#, d: ($'($ctx.arg0)\n' == '7\n'), e: $"(char nl)($ctx.arg0)"} | emit }
    }
}
