ebpf attach --emit-c 'tracepoint:sched/sched_switch' {|ctx| start-timer --as run; stop-timer --as rum | emit }
