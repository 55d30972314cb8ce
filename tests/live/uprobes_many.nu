# kernels: links of the kernel
# expect: [[[at, n]; [trigger_a, 2], [trigger_add, 5], [trigger_b, 2], [trigger_c, 2]], [[at, n]; ["uretprobe:trigger_add", 5], ["uretprobe:trigger_b", 2]], [[func, bytes]; [trigger_add, 7], [malloc, 17]]]
# Many functions of a file: by one link where the kernel has it, else by one each. Two files are two links.
let many = ebpf attach --comm trigger $"uprobe:($env.TRIGGER):trigger_*" {|ctx| $ctx.func | count }
let returns = ebpf attach --comm trigger $"uretprobe:($env.TRIGGER):trigger_{a??,b}" {|ctx| $ctx.probe | count }
let files = ebpf attach --comm trigger [$"uprobe:($env.TRIGGER):trigger_a*" 'uprobe:libc:malloc'] {|ctx|
    if $ctx.func == 'malloc' and $ctx.arg0 == 17 { {func: $ctx.func, bytes: 17} | emit } else if $ctx.arg0 == 7 { {func: $ctx.func, bytes: $ctx.arg0} | emit }
}
^$env.TRIGGER call 5 7 2; ^$env.TRIGGER stack 2; ^$env.TRIGGER malloc 1 17
let table = {|id| ebpf counters $id | sort-by key | each {|row| {at: ($row.key | str replace $"($env.TRIGGER):" ''), n: $row.count} } }
[(do $table $many) (do $table $returns) (ebpf trace $files | uniq)]
