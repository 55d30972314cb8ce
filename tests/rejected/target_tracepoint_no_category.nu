ebpf attach --emit-c 'tracepoint:sched_switch' {|ctx| $ctx.pid | emit }
