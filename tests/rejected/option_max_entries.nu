ebpf attach --emit-c --max-entries 0 'tracepoint:sched/sched_switch' {|ctx| $ctx.pid | emit }
