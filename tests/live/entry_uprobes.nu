# expect: [[at, sum, argument]; [trigger_add, 5, 2], [trigger_nest, 1, 1], [trigger_nest, 2, 2], [trigger_nest, 3, 3]]
# Returns of many functions, by one link where the kernel has it, know their entries: each call its own.
let id = ebpf attach --comm trigger $"uretprobe:($env.TRIGGER):trigger_{add,nest}" {|ctx|
    {at: $ctx.func, sum: $ctx.retval, argument: $ctx.entry.arg0} | emit
}
^$env.TRIGGER call 1 2 3; ^$env.TRIGGER nest 3
ebpf trace $id
