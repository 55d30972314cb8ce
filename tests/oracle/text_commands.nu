# Commands on strings, on the edges of their lengths.
let texts = ["" a abc ABC "aBc123" " " "  a b  " "\t\nx\r\n" "aaa" "abcabc" "exactly sixteen." "sixteen spaces  " "                " "größe" "日本語" "🦀" "a🦀b" "ö " " ö" "0" "-1" "x-y_z" "[az]" "@`{" null]
{
    records: ($texts | each --keep-empty {|text| {arg0: $text, arg1: "abc"} })
    closures: {
        "str length": {|ctx| $ctx.arg0 | read-str --len 16 | str length | emit }
        "str length kept": {|ctx| let t = $ctx.arg0 | read-str --len 16; if $t != null { let n = $t | str length; {n: $n, double: ($n * 2), long: ($n > 3), whole: ($n == 16)} | emit } }
        "str starts-with": {|ctx| let t = $ctx.arg0 | read-str --len 17; let p = $ctx.arg1 | read-str --len 3; {a: ($t | str starts-with $p), b: ($t | str starts-with ""), c: ($t | str starts-with "a"), d: ($t | str starts-with "ö"), e: ($p | str starts-with $t), f: ($t | str starts-with "exactly sixteen.x")} | emit }
        "str ends-with": {|ctx| let t = $ctx.arg0 | read-str --len 16; let p = $ctx.arg1 | read-str --len 3; {a: ($t | str ends-with $p), b: ($t | str ends-with ""), c: ($t | str ends-with "."), d: ($t | str ends-with "ö"), e: ($p | str ends-with $t), f: ($t | str ends-with " ")} | emit }
        "str contains": {|ctx| let t = $ctx.arg0 | read-str --len 16; let p = $ctx.arg1 | read-str --len 3; {a: ($t | str contains $p), b: ($t | str contains ""), c: ($t | str contains "b"), d: ($t | str contains "ö"), e: ($p | str contains $t), f: ($t | str contains "["), g: ($t | str contains "exactly sixteen.")} | emit }
        "str index-of": {|ctx| let t = $ctx.arg0 | read-str --len 16; let p = $ctx.arg1 | read-str --len 3; {a: ($t | str index-of $p), b: ($t | str index-of "b"), c: ($t | str index-of ""), d: ($t | str index-of "🦀"), e: ($t | str index-of "c1"), f: ($t | str index-of "."), g: ($p | str index-of $t)} | emit }
        "str index-of borders": {|ctx| let t = $ctx.arg0 | read-str --len 16; [($t | str index-of "aa") ($t | str index-of "ca") ($t | str index-of "bca") ($t | str index-of "  ") ($t | str index-of " b ")] | emit }
        "str substring": {|ctx| let t = $ctx.arg0 | read-str --len 16; if $t =~ '^[ -~]*$' { {a: ($t | str substring 0..1), b: ($t | str substring 1..<2), c: ($t | str substring ..2), d: ($t | str substring 2..), e: ($t | str substring 0..<0), f: ($t | str substring 15..15), g: ($t | str substring 16..)} | emit } }
        "str substring from the end": {|ctx| let t = $ctx.arg0 | read-str --len 16; if $t =~ '^[ -~]*$' { {a: ($t | str substring (-2)..(-1)), b: ($t | str substring (-1)..), c: ($t | str substring 0..(-2)), d: ($t | str substring 0..<(-1)), e: ($t | str substring (-16)..3), f: ($t | str substring 100..200), g: ($t | str substring (-100)..(-50))} | emit } }
        "str substring of null": {|ctx| $ctx.arg0 | read-str --len 16 | str substring 0..<0 | emit }
        "str substring compared": {|ctx| let t = $ctx.arg0 | read-str --len 16; if $t =~ '^[ -~]*$' { let u = $t | str substring 1..2; {is: ($u == "bc"), n: ($u | str length), in: ("b" in $u), up: ($u | str uppercase)} | emit } }
        "str substring of a character": {|ctx| let t = $ctx.arg0 | read-str --len 16; if $t == "größe" { [($t | str substring 0..1) ($t | str substring 2..3) ($t | str substring 4..)] | emit } }
        "str trim": {|ctx| $ctx.arg0 | read-str --len 16 | str trim | emit }
        "str trim --left": {|ctx| let t = $ctx.arg0 | read-str --len 16; if $t != null { {l: ($t | str trim --left), r: ($t | str trim --right), both: ($t | str trim --left --right), short: ($t | str trim -l)} | emit } }
        "str trim compared": {|ctx| let t = $ctx.arg0 | read-str --len 16; if $t != null { let u = $t | str trim; {empty: ($u == ""), n: ($u | str length), x: ($u == "x"), is: ($u | is-empty)} | emit } }
        "str lowercase": {|ctx| let t = $ctx.arg0 | read-str --len 16; if $t !~ '[^ -~]' { {a: ($t | str lowercase), b: ($t | str downcase), c: (($t | str lowercase) == "abc")} | emit } }
        "str uppercase": {|ctx| let t = $ctx.arg0 | read-str --len 16; if $t !~ '[^ -~]' { {a: ($t | str uppercase), b: ($t | str upcase), c: (($t | str uppercase) == "ABC")} | emit } }
        "of null": {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: (try { $t | str length } catch { -1 }), b: (try { $t | str trim } catch { "none" }), c: (try { $t | str contains "a" } catch { false })} | emit }
        "of lists": {|ctx| let t = $ctx.arg0 | read-str --len 16; if $t =~ '^[ -~]*$' { {a: ([$t "abc"] | str length), b: ([$t "Abc"] | str starts-with "a"), c: (["x" $t] | str trim), d: ([$t "Q"] | str lowercase), e: ([$t] | str index-of "b"), f: ([$t "zz"] | str contains "b"), g: ([$t "12345"] | str substring 1..2)} | emit } }
        "chained": {|ctx| let t = $ctx.arg0 | read-str --len 16; if $t =~ '^[ -~]*$' { {a: ($t | str trim | str uppercase | str length), b: ($t | str substring 1.. | str trim | str starts-with "b"), c: ($t | str lowercase | str contains "abc"), d: ($t | str trim | str substring 0..2 | str uppercase)} | emit } }
        "is-empty": {|ctx| let t = $ctx.arg0 | read-str --len 16; {e: ($t | is-empty), n: ($t | is-not-empty), if: (if ($t | is-empty) { "empty" } else { "not" })} | emit }
        "default": {|ctx| let t = $ctx.arg0 | read-str --len 16; let d = $t | default "none"; {d: $d, n: ($d | str length), same: ($d == "none"), a: ($t | default "x" | str length)} | emit }
        "default of a closure": {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ($t | default { "made" })} | emit }
        "into string": {|ctx| let t = $ctx.arg0 | read-str --len 16; if $t != null { {a: ($t | into string), b: (($t | into string) == "abc")} | emit } }
        "append to lists": {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ([x] | append [$t]), b: ([$t] | prepend "y"), n: ([$t] | length), first: ([$t b] | first), rev: ([$t b] | reverse)} | emit }
        "append": {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ([x] | append $t), b: ($t | append "y"), c: ($t | prepend "y"), n: ([$t] | length), first: ([$t b] | first), rev: ([$t b] | reverse)} | emit }
        "where": {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ([$t "abc" "x"] | where $it == "abc"), n: ([$t "" "x"] | where ($it | is-empty) | length), any: (["q" $t] | any {|x| $x == "a"}), all: ([$t "abc"] | all {|x| $x != "" })} | emit }
        "each": {|ctx| let t = $ctx.arg0 | read-str --len 16; {a: ([$t "abc"] | each {|x| $x == "abc" }), b: (["a" "zz"] | each {|x| $x in ($t | default "") }), c: ([$t $t] | each {|x| $x | default "q" | str length })} | emit }
    }
}
