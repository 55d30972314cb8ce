# Strings as ints: signs, bases, white space, and numbers at the end of what fits.
let texts = ["0" "1" "-1" "+7" "007" " 42 " "42\n" "9223372036854775807" "-9223372036854775808" "9223372036854775808" "-9223372036854775809" "99999999999999999999" "0x10" "0xff" "0xFF" "0b101" "0o17" "-0x10" "0x-10" "0x7fffffffffffffff" "0xffffffffffffffff" "0b" "0x" "" " " "-" "+" "abc" "1a" "a1" "--1" "1 2" "１" "größe" null]
{
    records: ($texts | each --keep-empty {|text| {arg0: $text} })
    closures: {
        "into int": {|ctx| $ctx.arg0 | read-str --len 20 | into int | emit }
        "into int caught": {|ctx| let t = $ctx.arg0 | read-str --len 20; let n = try { $t | into int } catch { -99 }; {n: $n, big: ($n > 100)} | emit }
        "into int caught and compared": {|ctx| (0 == (try { ($ctx.arg0 | read-str --len 24) | into int } catch { 0 })) | emit }
        "into int used": {|ctx| let t = $ctx.arg0 | read-str --len 20; if $t =~ '^[0-9]+$' and ($t | str length) < 10 { let n = $t | into int; {sum: ($n + 1), half: ($n // 2), text: ($n | into string)} | emit } }
        "into int of a list": {|ctx| [($ctx.arg0 | read-str --len 20) "7"] | into int | emit }
        "into int of a part": {|ctx| let t = $ctx.arg0 | read-str --len 20; if $t =~ '^[0-9]{2}' { $t | str substring 0..1 | into int | emit } }
    }
}
