# Binaries made of ints, bools, durations and filesizes: their length, parts, beginnings and ends, equality.
{
    records: [[arg0 arg1]; [0 0] [5 -1] [-1 5] [258 1] [72623859790382856 9] [-9223372036854775808 9223372036854775807]]
    closures: {
        int: {|ctx| let b = $ctx.arg0 | into binary; {b: $b, n: ($b | bytes length), empty: ($b | is-empty), l: [$b 0x[01]]} | emit }
        others: {|ctx| {a: ($ctx.arg0 > 5 | into binary), b: ($ctx.arg0 | into duration | into binary), c: ($ctx.arg0 | into filesize | into binary), d: (0x[01] | into binary)} | emit }
        at: {|ctx| let b = $ctx.arg0 | into binary; {a: ($b | bytes at 1..2), b: ($b | bytes at (-2)..), c: ($b | bytes at 9..), d: ($b | bytes at ..<3), e: ($b | bytes at 2..(-3)), f: ($b | bytes at 3..1), g: ($b | bytes at (-20)..0), h: ($b | bytes at 7..20), i: ($b | bytes at 1..4 | bytes at 1..2), n: ($b | bytes at 2..4 | bytes length), none: ($b | bytes at 8.. | is-empty)} | emit }
        starts: {|ctx| let b = $ctx.arg0 | into binary; {a: ($b | bytes starts-with 0x[05]), b: ($b | bytes starts-with 0x[ff ff]), c: ($b | bytes starts-with 0x[]), d: ($b | bytes starts-with 0x[02 01 00 00 00 00 00 00]), e: ($b | bytes starts-with 0x[05 00 00 00 00 00 00 00 00]), f: ($b | bytes at 1..2 | bytes starts-with 0x[01 00])} | emit }
        ends: {|ctx| let b = $ctx.arg0 | into binary; {a: ($b | bytes ends-with 0x[00]), b: ($b | bytes ends-with 0x[ff ff]), c: ($b | bytes ends-with 0x[]), d: ($b | bytes ends-with 0x[00 00 00 00 00 00 00 80]), e: ($b | bytes ends-with 0x[00 00 00 00 00 00 00 00 80]), f: ($b | bytes at 1..2 | bytes ends-with 0x[ff])} | emit }
        "==": {|ctx| let b = $ctx.arg0 | into binary; let c = $ctx.arg1 | into binary; {a: ($b == $c), b: ($b != $c), c: ($b == 0x[05 00 00 00 00 00 00 00]), d: (0x[01] == $b), e: (($b | bytes at 0..1) == ($c | bytes at 0..1)), f: (($b | bytes at 0..1) == 0x[ff ff]), g: (($b | bytes at 0..1) == ($c | bytes at 0..2)), h: ($b in [0x[] $c]), i: ([$b] == [$c]), j: ($b == null)} | emit }
        branches: {|ctx| let b = if $ctx.arg0 > 1 { $ctx.arg0 | into binary } else { $ctx.arg1 | into binary }; mut c = $b; if $ctx.arg1 > 1 { $c = ($ctx.arg1 | into binary) }; {b: $b, c: $c, s: ($c | bytes starts-with 0x[05])} | emit; if ($b | bytes starts-with 0x[02]) { "two" | emit } }
        lists: {|ctx| {n: ([($ctx.arg0 | into binary) 0x[01 02]] | bytes length), at: ([($ctx.arg0 | into binary) 0x[01 02]] | each {|b| $b | bytes at 0..0 }), e: ([$ctx.arg0 $ctx.arg1] | each { into binary })} | emit }
    }
}
