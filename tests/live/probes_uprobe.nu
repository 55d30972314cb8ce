# expect: [[at, sum]; [uprobe, 3], [uretprobe, 3], [uprobe, 7], [uretprobe, 7]]
let entry = $"uprobe:($env.TRIGGER):trigger_a??"
let id = ebpf attach {
    $entry: {|ctx| {at: "uprobe", sum: ($ctx.arg0 + $ctx.arg1)} | emit }
    $"uretprobe:($env.TRIGGER):trigger_add": {|ctx| {at: "uretprobe", sum: $ctx.retval} | emit }
}
^$env.TRIGGER call 1 1 2; ^$env.TRIGGER call 1 3 4
ebpf trace $id
