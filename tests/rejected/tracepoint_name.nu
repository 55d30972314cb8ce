ebpf attach --emit-c 'tracepoint:sched/sched_swich' {|ctx| $ctx.pid | emit }
