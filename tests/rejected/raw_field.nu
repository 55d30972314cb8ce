ebpf attach --emit-c 'raw_tracepoint:sched_switch' {|ctx| $ctx.next_comm | emit }
