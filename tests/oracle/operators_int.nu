# Operators on ints and bools beside those of integers.nu: `/` that is deferred, `**`, `in` and `has`, constants on either side.
let edges = [0 1 -1 2 -2 3 -3 7 10 -10 63 64 255 46341 3037000499 3037000500 -3037000500 4294967296 4503599627370495 9007199254740993 4611686018427387904 9223372036854775806 9223372036854775807 -9223372036854775807 -9223372036854775808]
let pairs = $edges | each {|a| [0 1 -1 3 -10 4294967296 9223372036854775807 -9223372036854775808] | each {|b| {arg0: $a, arg1: $b} } } | flatten
{
    records: $pairs
    closures: {
        "== a float": {|ctx| {a: ($ctx.arg0 == 1.0000000000000002), b: ($ctx.arg0 != 1e-17), c: ($ctx.arg0 == -2.9999999999999996), d: ($ctx.arg0 == 0.9999999999999999), e: ($ctx.arg0 == 1.0000000000000009), f: ($ctx.arg0 == 3037000500.0), g: ($ctx.arg0 == 3037000499.9999995), h: ($ctx.arg0 in [4503599627370494.0 2.0]), i: (NaN == $ctx.arg0)} | emit }
        "/": {|ctx| $ctx.arg0 / $ctx.arg1 | emit }
        "/ constant": {|ctx| [($ctx.arg0 / 2) ($ctx.arg0 / -1) ($ctx.arg0 / 7) ($ctx.arg0 / 1.5) ($ctx.arg0 / 9223372036854775807)] | emit }
        "constant /": {|ctx| 10 / $ctx.arg1 | emit }
        "/ kept": {|ctx| let half = $ctx.arg0 / 2; {half: $half, again: [$half $half]} | emit }
        "/ of a fraction": {|ctx| ($ctx.arg0 / 4) / $ctx.arg1 | emit }
        "/ and +": {|ctx| ($ctx.arg0 / 2) + 0.5 | emit }
        "/ and -": {|ctx| ($ctx.arg0 / 2) - ($ctx.arg1 / 3.0) | emit }
        "/ and *": {|ctx| {a: (($ctx.arg0 / 4.0) * 4), b: (4 * ($ctx.arg1 / 4.0))} | emit }
        "floats": {|ctx| {a: ($ctx.arg0 + 0.5), b: ($ctx.arg0 * 1.5), c: (2.5 - $ctx.arg1), d: ($ctx.arg1 / 0.5), e: ($ctx.arg0 * 1e300)} | emit }
        "// of floats": {|ctx| {a: ($ctx.arg0 // 1.5), b: ($ctx.arg0 mod 2.5)} | emit }
        "// of 0": {|ctx| 7 // $ctx.arg1 | emit }
        "mod of a constant": {|ctx| [(7 mod $ctx.arg1) (-7 mod $ctx.arg1) (-9223372036854775808 mod $ctx.arg1)] | emit }
        "** 0": {|ctx| $ctx.arg0 ** 0 | emit }
        "** 1": {|ctx| $ctx.arg0 ** 1 | emit }
        "** 2": {|ctx| $ctx.arg0 ** 2 | emit }
        "** 3": {|ctx| $ctx.arg0 ** 3 | emit }
        "** 5": {|ctx| $ctx.arg0 ** 5 | emit }
        "** 7": {|ctx| ($ctx.arg0 mod 100) ** 7 | emit }
        "** 18": {|ctx| $ctx.arg0 ** 18 | emit }
        "** 62": {|ctx| $ctx.arg0 ** 62 | emit }
        "** 63": {|ctx| $ctx.arg0 ** 63 | emit }
        "** changes nothing": {|ctx| mut n = $ctx.arg0 mod 1000; let before = $n; $n = $n ** 3; {before: $before, n: $n, again: ($before ** 2)} | emit }
        "in a list": {|ctx| {in: ($ctx.arg0 in [0 -1 9223372036854775807 -9223372036854775808]), not: ($ctx.arg0 not-in [1 2 3]), none: ($ctx.arg0 in []), mixed: ($ctx.arg0 in ["a" 1 null true 2.5]), has: ([$ctx.arg1 7] has $ctx.arg0), hasnt: ([$ctx.arg1 7] not-has $ctx.arg0)} | emit }
        "in a range": {|ctx| {a: ($ctx.arg0 in 0..10), b: ($ctx.arg0 in 0..<10), c: ($ctx.arg0 not-in -3..3), d: (-10..-1 has $ctx.arg0), e: (-10..<-1 not-has $ctx.arg0), f: ($ctx.arg0 in 3..)} | emit }
        "in a falling range": {|ctx| {a: ($ctx.arg0 in 10..0), b: ($ctx.arg0 in 10..<0), c: (3..-3 has $ctx.arg0)} | emit }
        "in a range of values": {|ctx| let small = $ctx.arg1 mod 7; {a: ($ctx.arg0 in $small..10), b: ($ctx.arg0 in 0..$small), c: ($small not-in 0..<7), d: (-3..$small has 3)} | emit }
        "in a falling range of values": {|ctx| let a = $ctx.arg0 mod 12; let b = $ctx.arg1 mod 7; {a: ($a in $b..2), b: (3 in $a..$b), c: ($a not-in $b..<0), d: ($a..0 has $b)} | emit }
        "in a record": {|ctx| let r = {a: $ctx.arg0, b: 1}; {a: ("a" in $r), c: ("c" in $r), d: ($r has "b"), e: ($r not-has "x")} | emit }
        "int and float": {|ctx| {eq: ($ctx.arg0 == 3), one: ($ctx.arg0 == 1), lt: ($ctx.arg0 < 9007199254740993), ge: ($ctx.arg0 >= -1)} | emit }
        "constants on the left": {|ctx| {a: (5 + ($ctx.arg0 bit-and 255)), b: (5 - ($ctx.arg0 bit-and 255)), c: (-1 bit-xor $ctx.arg0), d: (1 bit-shl ($ctx.arg0 bit-and 63)), e: (-1 bit-shr ($ctx.arg0 bit-and 63)), f: (10 < $ctx.arg0), g: (10 == $ctx.arg0)} | emit }
        "0 -": {|ctx| 0 - $ctx.arg0 | emit }
        "-1 *": {|ctx| -1 * $ctx.arg0 | emit }
        "* -1": {|ctx| $ctx.arg0 * -1 | emit }
        "+ 1": {|ctx| $ctx.arg0 + 1 | emit }
        "- 1": {|ctx| $ctx.arg0 - 1 | emit }
        "bit-and": {|ctx| {a: ($ctx.arg0 bit-and -1), b: ($ctx.arg0 bit-or 0), c: ($ctx.arg0 bit-xor -9223372036854775808), d: (($ctx.arg0 bit-and 3) bit-or ($ctx.arg1 bit-and 4))} | emit }
        "bit-shl 63": {|ctx| [($ctx.arg0 bit-shl 63) ($ctx.arg0 bit-shr 63) ($ctx.arg0 bit-shl 0) ($ctx.arg0 bit-shr 1)] | emit }
        "bools": {|ctx| let a = $ctx.arg0 > 0; let b = $ctx.arg1 > 0; {eq: ($a == $b), ne: ($a != $b), lt: ($a < $b), le: ($a <= $b), gt: ($a > $b), ge: ($a >= $b), is: ($a == true), in: ($a in [true]), xor: (true xor $a), and: ($a and true and $b), or: ($b or false or $a)} | emit }
        "precedence": {|ctx| let a = $ctx.arg0 bit-and 15; let b = $ctx.arg1 bit-and 7; {a: (2 + 3 * $a - $b), b: ($a * $b + $a // 3 mod 5), c: ($a > 3 and $b < 2 or $a == $b), d: ($a + 1 in [1 2 3]), e: (2 ** 3 + $a ** 2), f: ($a bit-or $b + 1 bit-shl 2)} | emit }
    }
}
