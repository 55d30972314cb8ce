# Every ASCII punctuation mark, looked for in strings: none of them means anything but itself.
let marks = [33..47 58..64 91..96 123..126] | each {|codes| $codes | each {|code| char --integer $code } } | flatten
let texts = $marks | append ($marks | each {|mark| $"a($mark)b" }) | append ["" a "a b" "->" "<-7>" "<7>" "<<>>" "a<b>c" "\\<" "\\>" "[.]" "a\\b"]
{
    records: ($texts | each {|text| {arg0: $text} })
    closures: {
        has: {|ctx| let t = $ctx.arg0 | read-str --len 8; {t: $t, has: ($marks | each {|mark| $t has $mark })} | emit }
        "not-has": {|ctx| let t = $ctx.arg0 | read-str --len 8; {t: $t, not: ($marks | each {|mark| $t not-has $mark })} | emit }
        in: {|ctx| let t = $ctx.arg0 | read-str --len 8; {t: $t, in: ($marks | each {|mark| $mark in $t })} | emit }
        "str contains": {|ctx| let t = $ctx.arg0 | read-str --len 8; {t: $t, c: ($marks | each {|mark| $t | str contains $mark })} | emit }
        "among letters": {|ctx| let t = $ctx.arg0 | read-str --len 8; {t: $t, a: ($marks | each {|mark| $t has $"a($mark)b" })} | emit }
        several: {|ctx| let t = $ctx.arg0 | read-str --len 8; {a: ("->" in $t), b: ($t has "<7>"), c: ($t | str contains '<-'), d: ($t has ">>"), e: ($t has 'a<b'), f: ($t has '\<'), g: ('\>' in $t), h: ($t | str contains '[.]'), i: ($t has '\b')} | emit }
    }
}
