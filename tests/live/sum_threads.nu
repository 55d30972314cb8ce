# kernels: atomic instructions
# expect: [[[sum]; [7800000]], [[count, sum, avg, min, max]; [200000, 200000, 1.0, 1, 1]], [[low, high, count]; [32, 64, 200000]], [[key, count, "p50"]; [trigger, 200000, 38]]]
# Two threads on two processors: no update is lost.
let id = ebpf attach --comm trigger 'tracepoint:raw_syscalls/sys_enter' {|ctx|
    if $ctx.id == 39 { $ctx.id | sum; 1 | stats; $ctx.id | hist; $ctx.id | quantiles --by $ctx.comm }
}
^$env.TRIGGER threads 2 100000
[
    (ebpf counters $id --as sum) (ebpf counters $id --as stats) (ebpf histogram $id | select low high count)
    (ebpf counters $id --as quantiles | select key count p50)
]
