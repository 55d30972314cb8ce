ebpf attach --emit-c --comm "" 'tracepoint:sched/sched_switch' {|ctx| $ctx.pid | emit }
