# kernels: atomic instructions
# expect: [[[key, min]; [2, -9223372036854775808], [1, -6], [3, 4]], [[max]; [9223372036854775807]], [[max]; [null]]]
let id = ebpf attach --comm trigger $'uprobe:($env.TRIGGER):trigger_add' {|ctx|
    $ctx.arg0 | min --by $ctx.arg1; $ctx.arg0 | max; if $ctx.arg1 > 99 { $ctx.arg0 | max --as none }
}
^$env.TRIGGER pairs 7 1 -9223372036854775808 2 -6 1 9223372036854775807 3 4 3
[(ebpf counters $id --as min) (ebpf counters $id --as max) (ebpf counters $id --as none)]
