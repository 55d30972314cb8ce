ebpf attach --stream 'tracepoint:sched/sched_switch' {|ctx| $ctx.comm | count }
