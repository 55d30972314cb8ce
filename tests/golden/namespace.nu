ebpf attach --emit-c 'tracepoint:sched/sched_process_fork' {|ctx| {thread: $ctx.nspid, process: $ctx.nstgid} | emit }
