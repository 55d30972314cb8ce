ebpf attach 'raw_tracepoint:sched_switch' {|ctx| kernel-var jiffies --cpu 1 | emit }
