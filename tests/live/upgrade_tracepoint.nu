# kernels: it is attached at another kind of probe where the kernel can
# expect: [[raw_tracepoint, tracepoint], true, true, [["tracepoint:raw_syscalls/sys_enter", sys_enter]]]
# Both see the same events, and say what was written.
let closure = {|ctx| {probe: $ctx.probe, func: $ctx.func, comm: $ctx.comm} | count }
let raw = ebpf attach --comm trigger 'tracepoint:raw_syscalls/sys_enter' $closure
let classic = ebpf attach --no-upgrade --comm trigger 'tracepoint:raw_syscalls/sys_enter' $closure
^$env.TRIGGER getpid 1000
let rows = [$raw $classic] | each {|id| ebpf counters $id }
[(ebpf list | get underneath) ($rows.0 == $rows.1) ($rows.0.0.count > 1000) ($rows.0 | each {|row| [$row.probe $row.func] })]
