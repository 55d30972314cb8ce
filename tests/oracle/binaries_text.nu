# Binaries made of strings: their length, parts, beginnings and ends, equality.
{
    records: [[arg0 arg1]; [abc abc] ["" x] [aéx aé] [x null] ["abcdefghijklmnop" "op"] ["ab" "abc"]]
    closures: {
        string: {|ctx| let b = $ctx.arg0 | read-str --len 16 | into binary; {b: $b, n: ($b | bytes length), empty: ($b | is-empty), s: ($b | bytes starts-with 0x[61 c3]), t: ($b | bytes starts-with 0x[61]), e: ($b | bytes ends-with 0x[63]), f: ($b | bytes ends-with 0x[]), u: ($b | bytes ends-with 0x[a9 78])} | emit }
        "of null": {|ctx| $ctx.arg1 | read-str --len 16 | into binary | emit }
        "null is not looked at": {|ctx| {n: (try { $ctx.arg1 | read-str --len 16 | into binary | bytes length } catch { -1 })} | emit }
        at: {|ctx| let b = $ctx.arg0 | read-str --len 16 | into binary; {a: ($b | bytes at 0..0), b: ($b | bytes at 9..), c: ($b | bytes at (-1)..), d: ($b | bytes at ..<(-1)), e: ($b | bytes at 3..1), n: ($b | bytes at 0..0 | bytes length)} | emit }
        "==": {|ctx| let b = $ctx.arg0 | read-str --len 16 | into binary; let c = $ctx.arg1 | read-str --len 16 | default "ab" | into binary; {a: ($b == $c), b: ($b != $c), c: ($b == 0x[61 62 63]), d: (0x[61 c3 a9 78] == $b), e: ($b in [0x[] 0x[78]]), f: ($b == 0x[61 c3]), s: ($b | bytes starts-with $c), t: ($b | bytes ends-with $c)} | emit }
        made: {|ctx| let b = $"<($ctx.arg0 | read-str --len 16)>" | into binary; {b: $b, s: ($b | bytes starts-with 0x[3c 61]), n: ($b | bytes length), e: ($b == 0x[3c 78 3e])} | emit }
    }
}
