# `=~` and `!~`: what a pattern can be made of.
let texts = ["" a aa aaa b ab ba abc ABC aBc "a b" "a\nb" "a.b" "a+b" "foo/bar" "10.0.0.1" "0x1f" "2024-02-29" "größe" "ÄÖ" "日本語" "🦀x" "_x-1" "\t " "x@y.org" "[a]" "a\\b" "exactly sixteen."]
{
    records: ($texts | each {|text| {arg0: $text} })
    closures: {
        anchors: {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ '^a'), b: ($t =~ 'a$'), c: ($t =~ '^a$'), d: ($t =~ '^'), e: ($t =~ '$'), f: ($t !~ '^ab|c$'), g: ($t =~ '\Aa'), h: ($t =~ 'b\z'), i: ($t =~ '^(a|b)$')} | emit }
        repeated: {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ '^a*$'), b: ($t =~ '^a+$'), c: ($t =~ '^a?b'), d: ($t =~ '^a{2}$'), e: ($t =~ '^a{2,}$'), f: ($t =~ '^a{1,2}$'), g: ($t =~ 'a.*b'), h: ($t =~ 'a.+b'), i: ($t =~ '^(ab)*$'), j: ($t =~ '^a*?$')} | emit }
        classes: {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ '[a-c]'), b: ($t =~ '[^a-c]'), c: ($t =~ '^[[:alpha:]]+$'), d: ($t =~ '[0-9]+'), e: ($t =~ '^[A-Za-z_][A-Za-z0-9_-]*$'), f: ($t =~ '[\[\]]'), g: ($t =~ '[.+]'), h: ($t =~ '^[^/]*/[^/]*$'), i: ($t =~ '[äÖ]'), j: ($t =~ '[ß-ÿ]')} | emit }
        digits: {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ '[0-9]'), b: ($t =~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'), c: ($t =~ '^0x[0-9a-f]+$'), d: ($t =~ '^([0-9]{1,3}\.){3}[0-9]{1,3}$')} | emit }
        spaces: {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ '[ \t]'), b: ($t =~ '\t'), c: ($t =~ '\n'), d: ($t =~ '^[^ ]+$')} | emit }
        dots: {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ '^.$'), b: ($t =~ '^..$'), c: ($t =~ '^...$'), d: ($t =~ 'a.b'), e: ($t =~ '(?s)a.b'), f: ($t =~ '\.'), g: ($t =~ '^.*$')} | emit }
        alternatives: {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ 'a|b'), b: ($t =~ '^(foo|10)'), c: ($t =~ '(bar|org|)$'), d: ($t =~ '^(?:a|ab|abc)$'), e: ($t =~ 'foo|bar|größe|日本語')} | emit }
        case: {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ '(?i)abc'), b: ($t =~ '(?i)^ABC$'), c: ($t =~ '(?i:a)bc'), d: ($t =~ '(?-i)ABC')} | emit }
        lines: {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ '(?m)^b'), b: ($t =~ '(?m)a$'), c: ($t =~ '(?x) a  b')} | emit }
        words: {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ '\w'), b: ($t =~ '^\w+$'), c: ($t =~ '\d'), d: ($t =~ '\s'), e: ($t =~ '^\S+$'), f: ($t !~ '\D')} | emit }
        escapes: {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ '\+'), b: ($t =~ '\\'), c: ($t =~ '\[a\]'), d: ($t =~ '@y\.org$'), e: ($t =~ '\x61'), f: ($t =~ '\u{df}'), g: ($t =~ "\u{1f980}")} | emit }
        unicode: {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ 'ö'), b: ($t =~ '^gr.ße$'), c: ($t =~ '🦀'), d: ($t =~ '本'), e: ($t =~ '^日'), f: ($t =~ 'ö+'), g: ($t =~ '[^\x00-\x7f]')} | emit }
        whole: {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ '^exactly sixteen\.$'), b: ($t =~ 'n\.$'), c: ($t =~ '^.{16}$'), d: ($t !~ '^.{0,15}$')} | emit }
        known: {|ctx| let p = "^a" + "b"; let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ $p), b: ($t =~ ($p + "c$")), c: ($t !~ ("x" | str replace "x" "b"))} | emit }
        captured: {|ctx| let p = "^a" + "b"; let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ $p), b: ($t =~ $"($p)c$"), c: ($t !~ ("x" | str replace "x" "b"))} | emit }
        conditions: {|ctx| let t = $ctx.arg0 | read-str --len 16; if $t =~ '^a' and $t !~ 'c$' or $t == "" { 1 | emit } else if not ($t =~ 'b') { 2 | emit } else { 3 | emit }; for x in [1 2] { if $t =~ 'o' and $x == 2 { "o" | emit; break } } }
        groups: {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t =~ '^((a)(b)?)+c?$'), b: ($t =~ '(?P<x>f)oo'), c: ($t =~ '((((a))))'), d: ($t =~ '^(a(b(c)?)?)?$')} | emit }
        nothing: {|ctx| let t = $ctx.arg0 | read-str --len 16; {b: ($t !~ 'zzz')} | emit }
        constants: {|ctx| {a: ("abc" =~ 'b'), t: ($ctx.arg0 | read-str --len 16), b: ("abc" !~ '^b')} | emit }
        short: {|ctx| let t = $ctx.arg0 | read-str --len 16; if $t =~ "^[ -~]{2}" { let u = $t | str substring 1..; {a: ($u =~ '^b'), b: ($u =~ 'c$')} | emit } }
    }
}
