ebpf attach 'raw_tracepoint:sched_switch' {|ctx| kernel-var 'jiffies; int x' | emit }
