# Strings as they lie in memory: empty, of every length around the limits, not ASCII, not there.
let full = 1..128 | each { "x" } | str join
let texts = ["" a abc "größe" "日本語" "🦀" "a b\tc\n\"'\\$" "1" "null" null $full ($full | str substring 0..<127) "exactly sixteen." "fifteen letters"]
{
    records: ($texts | enumerate | each {|row| {arg0: $row.item, arg1: $row.index} })
    closures: {
        emitted: {|ctx| $ctx.arg0 | read-str | emit }
        kept: {|ctx| let text = $ctx.arg0 | read-str; {text: $text, again: $text} | emit; $text | emit }
        equal: {|ctx| let text = $ctx.arg0 | read-str; [($text == ""), ($text == "abc"), ($text == "größe"), ("日本語" == $text), ($text != "🦀"), ($text == "1"), ($text == "null")] | emit }
        absent: {|ctx| let text = $ctx.arg0 | read-str; if $text == null { "none" | emit } else { $text | emit }; {some: (null != $text)} | emit }
        special: {|ctx| let text = $ctx.arg0 | read-str; {is: ($text == "a b\tc\n\"'\\$"), raw: ($text == 'exactly sixteen.')} | emit }
        limit: {|ctx| if $ctx.arg1 != 10 and $ctx.arg1 != 11 { $ctx.arg0 | read-str --len 16 | emit } }
        chosen: {|ctx| let text = if $ctx.arg1 mod 2 == 0 { $ctx.arg0 | read-str } else { "odd" }; {text: $text, odd: ($text == "odd")} | emit }
        changed: {|ctx| mut text = $ctx.arg0 | read-str; let before = $text; if $ctx.arg1 > 5 { $text = "later" }; {before: $before, after: $text} | emit }
        returns: {|ctx| let text = $ctx.arg0 | read-str; if $text == "abc" { return }; if $text == null or $text == "" { "nothing" | emit; return }; $text | emit }
        far: {|ctx| {number: $ctx.arg1, text: ($ctx.arg0 | read-str), first: ($ctx.arg0 | read-str --len 128)} | emit }
    }
}
