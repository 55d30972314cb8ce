ebpf attach --emit-c --ring-buffer 2GiB 'tracepoint:sched/sched_switch' {|ctx| $ctx.pid | emit }
