ebpf attach --emit-c 'tracepoint:sched/sched_switch' ('$ctx.pid' | into value)
