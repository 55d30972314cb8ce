# expect: [[a, b, minus, who]; [7, -1, 6, trigger], [7, -1, 6, trigger]]
let id = ebpf attach $"uprobe:($env.TRIGGER):trigger_add" {|ctx|
    {a: $ctx.arg0, b: $ctx.arg1, minus: ($ctx.arg0 + $ctx.arg1), who: $ctx.comm} | emit
}
^$env.TRIGGER call 2 7 -1
ebpf trace $id
