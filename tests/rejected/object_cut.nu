let object = ebpf compile 'tracepoint:sched/sched_switch' {|ctx| $ctx.comm | count }
ebpf attach --object ($object | bytes at 0..2000)
