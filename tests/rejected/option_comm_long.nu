ebpf attach --emit-c --comm 0123456789abcdef 'tracepoint:sched/sched_switch' {|ctx| $ctx.pid | emit }
