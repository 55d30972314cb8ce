# expect: [3, 2, 0, 5]
# What finds no room is counted; with --lru old entries make room, and nothing is counted.
let id = ebpf attach $"uprobe:($env.TRIGGER):trigger_add" {|ctx|
    1 | map-put few $ctx.arg0 --max-entries 2
    if ($ctx.arg0 | map-contains few) { count }
}
^$env.TRIGGER pairs 1 0 2 0 3 0 4 0 5 0
let plain = [(ebpf list | get full.0) (ebpf counters $id).0.count]
ebpf detach $id
let id = ebpf attach $"uprobe:($env.TRIGGER):trigger_add" {|ctx|
    1 | map-put few $ctx.arg0 --max-entries 2 --lru
    if ($ctx.arg0 | map-contains few) { count }
}
^$env.TRIGGER pairs 1 0 2 0 3 0 4 0 5 0
$plain ++ [(ebpf list | get full.0) (ebpf counters $id).0.count]
