# kernels: what a return remembers of its entry lies in task storage, or in a hash
# expect: [[[a, b, sum, who]; [7, -1, 6, trigger], [7, -1, 6, trigger]], 0]
let id = ebpf attach $"uretprobe:($env.TRIGGER):trigger_add" {|ctx|
    {a: ($ctx.entry.arg0), b: $ctx.entry.arg1, sum: $ctx.retval, who: $ctx.entry.comm} | emit
}
^$env.TRIGGER call 2 7 -1
[(ebpf trace $id) (ebpf list | get unmatched.0)]
