ebpf attach --emit-c --pid -1 'tracepoint:sched/sched_switch' {|ctx| $ctx.pid | emit }
