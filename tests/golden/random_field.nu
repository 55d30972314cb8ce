ebpf attach --emit-c 'tracepoint:sched/sched_process_fork' {|ctx| if $ctx.random < 1000000 { {node: $ctx.numa_node, random: $ctx.random} | emit } }
