# needs: speed
# expect: [[[key, sum]; [trigger, 780000]], [[count, sum, avg, min, max]; [20000, 780000, 39.0, 39, 39]], [[low, high, count]; [32, 64, 20000]]]
# A uprobe can be preempted in the middle of an add: eight threads on two processors.
let id = ebpf attach --comm trigger 'uprobe:libc:syscall' {|ctx|
    if $ctx.arg0 == 39 { $ctx.arg0 | sum --by $ctx.comm; $ctx.arg0 | stats; $ctx.arg0 | histogram }
}
^$env.TRIGGER threads 8 2500
[(ebpf counters $id --as sum) (ebpf counters $id --as stats) (ebpf histogram $id | select low high count)]
