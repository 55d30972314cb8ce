# Arithmetic on every pair of edges.
let edges = [0 1 -1 2 3 -3 7 -7 10 63 64 -64 255 65536 4294967295 -4294967296 3037000500 -3037000500 4611686018427387904 9223372036854775807 -9223372036854775807 -9223372036854775808]
let pairs = $edges | each {|a| $edges | each {|b| {arg0: $a, arg1: $b} } } | flatten
{
    records: $pairs
    closures: {
        "+": {|ctx| $ctx.arg0 + $ctx.arg1 | emit }
        "-": {|ctx| $ctx.arg0 - $ctx.arg1 | emit }
        "*": {|ctx| $ctx.arg0 * $ctx.arg1 | emit }
        "//": {|ctx| $ctx.arg0 // $ctx.arg1 | emit }
        "mod": {|ctx| $ctx.arg0 mod $ctx.arg1 | emit }
        "bit-and": {|ctx| $ctx.arg0 bit-and $ctx.arg1 | emit }
        "bit-or": {|ctx| $ctx.arg0 bit-or $ctx.arg1 | emit }
        "bit-xor": {|ctx| $ctx.arg0 bit-xor $ctx.arg1 | emit }
        "bit-shl": {|ctx| $ctx.arg0 bit-shl $ctx.arg1 | emit }
        "bit-shr": {|ctx| $ctx.arg0 bit-shr $ctx.arg1 | emit }
        "// 7": {|ctx| $ctx.arg0 // 7 | emit }
        "mod -7": {|ctx| $ctx.arg0 mod -7 | emit }
        "* 3": {|ctx| $ctx.arg0 * 3 | emit }
        "compare": {|ctx| {eq: ($ctx.arg0 == $ctx.arg1), ne: ($ctx.arg0 != $ctx.arg1), lt: ($ctx.arg0 < $ctx.arg1), le: ($ctx.arg0 <= $ctx.arg1), gt: ($ctx.arg0 > $ctx.arg1), ge: ($ctx.arg0 >= $ctx.arg1)} | emit }
        "logic": {|ctx| let a = $ctx.arg0 > 0; let b = $ctx.arg1 > 0; {and: ($a and $b), or: ($a or $b), xor: ($a xor $b), not: (not $a)} | emit }
        "lazy": {|ctx| if $ctx.arg1 != 0 and $ctx.arg0 // $ctx.arg1 > 2 { 1 | emit } else if $ctx.arg0 == 0 or $ctx.arg0 + 1 > 5 { 2 | emit } else { 3 | emit } }
        "mixed": {|ctx| ((($ctx.arg0 bit-and 255) * 3 - ($ctx.arg1 mod 10)) // 2) bit-xor (($ctx.arg0 bit-shr 8) bit-and 15) | emit }
        "branches": {|ctx| let top = if $ctx.arg0 > $ctx.arg1 { $ctx.arg0 } else { $ctx.arg1 }; mut n = 1; if $top == $ctx.arg0 { $n += 1 }; {top: $top, n: ($n * 2), neg: (if $top < 0 { true } else { false })} | emit }
    }
}
