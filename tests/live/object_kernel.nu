# expect: [["5.8", [[key, count]; [trigger_add, 2], [trigger_nest, 3]]], 5]
# An object that is built for an older release attaches to any newer one.
let made = ebpf compile --kernel 5.10 $"uretprobe:($env.TRIGGER):trigger_{nest,add}" {|ctx|
    for i in 1..3 { if $ctx.elapsed > 0sec { $i | stats --as turns } }
    $ctx.func | count
}
let report = ebpf attach --dry-run --object $made
let id = ebpf attach --object $made
^$env.TRIGGER pairs 1 0 2 0
^$env.TRIGGER nest 3
[[$report.kernel (ebpf counters $id --as count | sort-by key)] (ebpf counters $id --as turns | get 0.count | $in / 3 | into int)]
