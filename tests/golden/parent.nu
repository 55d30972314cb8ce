ebpf attach --emit-c 'tracepoint:sched/sched_process_fork' {|ctx| if $ctx.ppid > 1 { $ctx.pcomm | count } }
