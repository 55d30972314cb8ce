# Operators on strings: both sides read, or one of them known.
let texts = ["" a b ab abc "abc " aba ABC "größe" "grö" "日本語" "語" "🦀" "exactly sixteen." "exactly sixteen" "sixteen." "a.c" "[" "\\" "x y" null]
let pairs = $texts | each --keep-empty {|a| ["" a "bc" "ö" "本" abc "sixteen." "." "exactly sixteen." null] | each --keep-empty {|b| {arg0: $a, arg1: $b} } } | flatten
{
    records: $pairs
    closures: {
        "==": {|ctx| let a = $ctx.arg0 | read-str --len 16; let b = $ctx.arg1 | read-str --len 16; {eq: ($a == $b), ne: ($a != $b), same: ($a == $a), none: ($a == null), empty: ("" == $b)} | emit }
        "<": {|ctx| let a = $ctx.arg0 | read-str --len 16; let b = $ctx.arg1 | read-str --len 16; if $a != null and $b != null { {lt: ($a < $b), le: ($a <= $b), gt: ($a > $b), ge: ($a >= $b)} | emit } }
        "< of null": {|ctx| let a = $ctx.arg0 | read-str --len 16; {lt: ($a < "b"), ge: ("abc" >= $a), le: ($a <= "größe"), gt: ($a > "")} | emit }
        "< of two nulls": {|ctx| let a = $ctx.arg0 | read-str --len 16; let b = $ctx.arg1 | read-str --len 16; $a < $b | emit }
        "+": {|ctx| let a = $ctx.arg0 | read-str --len 16; let b = $ctx.arg1 | read-str --len 16; if $a != null and $b != null { {a: ($a + $b), b: ($b + "!" + $a), is: ($a + $b == "abc")} | emit } }
        "+ of null": {|ctx| ($ctx.arg0 | read-str --len 16) + "x" | emit }
        "++": {|ctx| let a = $ctx.arg0 | read-str --len 16; let b = $ctx.arg1 | read-str --len 16; if $a != null and $b != null { {a: ($a ++ $b), b: ("<" ++ $b ++ ">"), is: ($a ++ "c" == "abc")} | emit } }
        "++ of null": {|ctx| "x" ++ ($ctx.arg0 | read-str --len 16) | emit }
        "in": {|ctx| let a = $ctx.arg0 | read-str --len 16; let b = $ctx.arg1 | read-str --len 16; {in: ($b in $a), not: ($a not-in $b)} | emit }
        "has": {|ctx| let a = $ctx.arg0 | read-str --len 16; let b = $ctx.arg1 | read-str --len 16; {has: ($a has $b), not: ($b not-has $a)} | emit }
        "in a constant": {|ctx| let a = $ctx.arg0 | read-str --len 16; {a: ($a in "xabcx größe"), b: ("" has $a), c: ("exactly sixteen." not-has $a)} | emit }
        "constant in": {|ctx| let a = $ctx.arg0 | read-str --len 17; {a: ("b" in $a), b: ("" in $a), c: ($a has "ö"), d: ("🦀" in $a), e: ($a not-has "."), f: ("[" in $a), g: ('\' in $a), h: ("exactly sixteen." in $a), i: ("exactly sixteen.." not-in $a)} | emit }
        "in a list": {|ctx| let a = $ctx.arg0 | read-str --len 16; let b = $ctx.arg1 | read-str --len 16; {a: ($a in ["abc" "größe" ""]), b: ($a not-in [a b 1 null]), c: ([$b "x y"] has $a), d: (["🦀"] not-has $a)} | emit }
        "in a record": {|ctx| let a = $ctx.arg0 | read-str --len 16; {in: ($a in {abc: 1, "größe": 2, "": 3}), not: ({a: 1} not-has $a)} | emit }
        "starts-with": {|ctx| let a = $ctx.arg0 | read-str --len 16; let b = $ctx.arg1 | read-str --len 16; {a: ($a starts-with $b), n: ($b not-starts-with $a)} | emit }
        "ends-with": {|ctx| let a = $ctx.arg0 | read-str --len 16; let b = $ctx.arg1 | read-str --len 16; {a: ($a ends-with $b), n: ($b not-ends-with $a)} | emit }
        "starts-with a constant": {|ctx| let a = $ctx.arg0 | read-str --len 17; {a: ($a starts-with ""), b: ($a starts-with "a"), c: ($a starts-with "größe"), d: ($a not-starts-with "exactly sixteen."), e: ($a starts-with "exactly sixteen.!"), f: ($a ends-with ""), g: ($a ends-with "語"), h: ($a ends-with "c"), i: ($a not-ends-with "sixteen."), j: ($a ends-with " exactly sixteen.")} | emit }
        "a constant starts with": {|ctx| let a = $ctx.arg0 | read-str --len 16; {a: ("abcd" starts-with $a), b: ("größe" ends-with $a), c: ("" not-starts-with $a), d: ("日本語" not-ends-with $a)} | emit }
        "=~": {|ctx| let a = $ctx.arg0 | read-str --len 16; {a: ($a =~ "b"), b: ($a !~ "^a"), c: ($a =~ ""), d: ($a =~ '^$'), e: ($a !~ '\.')} | emit }
        "not null": {|ctx| let a = $ctx.arg0 | read-str --len 16; if $a != null and $a =~ "^a" and $a ends-with "c" { $a | emit } else if $a == null { 0 | emit } else if "ö" in $a { 1 | emit } else { 2 | emit } }
        "xor": {|ctx| let a = $ctx.arg0 | read-str --len 16; let b = $ctx.arg1 | read-str --len 16; {x: (($a == "abc") xor ($b == "abc")), y: ($a == "a" and not ($b == "a")), z: (not ($a != $b))} | emit }
        "one byte too few": {|ctx| let a = $ctx.arg0 | read-str --len 16; let b = $ctx.arg0 | read-str --len 17; {same: ($a == $b), a: $a} | emit }
        "assigned": {|ctx| let a = $ctx.arg0 | read-str --len 16; if $a != null { mut s = "x"; $s += $a; $s ++= "y"; {s: $s, is: ($s == "xabcy")} | emit } }
        "compared with what is put together": {|ctx| let a = $ctx.arg0 | read-str --len 16; let b = $ctx.arg1 | read-str --len 16; if $a != null and $b != null { {a: ($a + $b == "abcabc"), b: ("ab" + $b == $a), c: (($a + "c") in ["abc" "größec"]), d: ($a + "z" > "b"), e: (($a + $b) starts-with "ab")} | emit } }
    }
}
