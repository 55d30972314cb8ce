ebpf attach --emit-c 'tracepoint:sched/sched_process_fork' {|ctx| $ctx.args | emit }
