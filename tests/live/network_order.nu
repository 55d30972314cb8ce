# expect: [[small, same, less, flipped, large, above, kept, half]; [3282682793, false, false, -3282682794, -4347728831349931095, false, [3282682793, -4347728831349931095], -50090]]
# Numbers in network order with their highest bit: of 32 bits they have no sign, those of 64 keep their bits, in a row as
# in what is computed with them. The bytes are a text's.
[[arg0]; ["éééé"]] | ebpf run {|ctx|
    let kept = [($ctx.arg0 | cast __be32 --user) ($ctx.arg0 | cast __be64 --user)]
    {
        small: ($ctx.arg0 | cast __be32 --user)
        same: (($ctx.arg0 | cast __be32 --user) == -1012284503)
        less: (($ctx.arg0 | cast __be32 --user) < -1)
        flipped: (($ctx.arg0 | cast __be32 --user) bit-xor (-1))
        large: ($ctx.arg0 | cast __be64 --user)
        above: (($ctx.arg0 | cast __be64 --user) > 0)
        kept: $kept
        half: (($ctx.arg0 | cast __be16 --user) bit-xor (-1))
    } | emit
} | get rows.0
