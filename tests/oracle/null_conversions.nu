# Null among what is converted, added up or put in order: alone, and as an item of a list.
{
    records: [[arg0 arg1]; [0 null] [7 "abc"] [20 "7"] [-3 ""]]
    closures: {
        "into string": {|ctx| let v = if $ctx.arg0 > 5 { $ctx.arg0 }; {n: ($v | into string)} | emit }
        "into string of text": {|ctx| $ctx.arg1 | read-str --len 8 | into string | emit }
        "into string compared": {|ctx| ($ctx.arg1 | read-str --len 8 | into string) == "abc" | emit }
        "into string of a list": {|ctx| let v = if $ctx.arg0 > 5 { $ctx.arg0 }; let t = $ctx.arg1 | read-str --len 8; {a: ([$v] | into string), b: ([$v 1 "x"] | into string), c: ([$t] | into string), d: ([$t "b"] | into string), e: ([$t $v] | into string)} | emit }
        "into string of what where left": {|ctx| let t = $ctx.arg1 | read-str --len 8; [$t "b" "c"] | where $it != "b" | into string | emit }
        "into filesize of a list": {|ctx| let v = if $ctx.arg0 > 5 { $ctx.arg0 }; [$v 1] | into filesize | emit }
        "into filesize": {|ctx| let v = if $ctx.arg0 > 5 { $ctx.arg0 * 1b }; $v | into filesize | emit }
        "into int": {|ctx| let v = if $ctx.arg0 > 5 { $ctx.arg0 }; {a: (try { $v | into int } catch { "no" }), b: (try { [$v] | into int } catch { "no" }), c: (try { $v | into bool } catch { "no" }), d: (try { $v | into duration } catch { "no" })} | emit }
        "math sum of one": {|ctx| let v = if $ctx.arg0 > 5 { $ctx.arg0 }; [$v] | math sum | emit }
        "math sum of a duration": {|ctx| let v = if $ctx.arg0 > 5 { $ctx.arg0 * 1sec }; [$v] | math sum | emit }
        "math sum of a filesize": {|ctx| let v = if $ctx.arg0 > 5 { $ctx.arg0 * 1b }; [$v 3b] | math sum | emit }
        "math sum of several": {|ctx| let v = if $ctx.arg0 > 5 { $ctx.arg0 }; {a: (try { [$v 1] | math sum } catch { "no" }), b: (try { [1 $v] | math sum } catch { "no" })} | emit }
        "math sum of what where left": {|ctx| let v = if $ctx.arg0 > 5 { $ctx.arg0 }; [$v 30] | where $it != 20 | math sum | emit }
        "math max": {|ctx| let v = if $ctx.arg0 > 5 { $ctx.arg0 }; {a: ([$v 1] | math max), b: ([1 $v] | math max), c: ([$v 9] | math min), d: ([9 $v] | math min), e: ([$v] | math max)} | emit }
    }
}
