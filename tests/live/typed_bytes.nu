# kernels: it reads the kernel's structs
# expect: [[[to, levels, name, payload, first]; [0x[020000000001], [-1, 0, 1], abcd, true, 0x[0200]], [0x[020000000002], [-1, 0, 1], abcd, true, 0x[0200]]], [[key, count]; [0x[020000000001], 1], [0x[020000000002], 1]], 3]
# `unsigned char` is a number and not text: an array of it is bytes, a pointer to it an address.
let id = ebpf attach $"uprobe:($env.TRIGGER):trigger_frame" {|ctx|
    let frame = $ctx.args.frame
    {
        to: $frame.to, levels: $frame.levels, name: $frame.name, payload: ($frame.payload == $ctx.args.payload)
        first: ($frame.payload | read-bytes 2)
    } | emit
    $frame.to | count
    $frame.to.5 | sum --as last
}
^$env.TRIGGER frames 2
let rows = ebpf trace $id | first 2
let tables = ebpf counters $id --as count | sort-by key
let last = ebpf counters $id --as last
[$rows $tables $last.0.sum]
