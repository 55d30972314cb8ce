ebpf attach --emit-c 'raw_tracepoint:sched_swich' {|ctx| count }
