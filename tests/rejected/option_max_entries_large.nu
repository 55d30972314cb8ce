ebpf attach --emit-c --max-entries 100000000 'tracepoint:sched/sched_switch' {|ctx| $ctx.pid | emit }
