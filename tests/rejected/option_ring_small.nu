ebpf attach --emit-c --ring-buffer 4095B 'tracepoint:sched/sched_switch' {|ctx| $ctx.pid | emit }
