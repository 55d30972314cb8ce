ebpf attach --emit-c 'tracepoint:schd/sched_switch' {|ctx| $ctx.pid | emit }
