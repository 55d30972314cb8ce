ebpf attach 'raw_tracepoint:sched_switch' {|ctx| kernel-var ksoftirqd | emit }
