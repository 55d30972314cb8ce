ebpf probes --kind kprobe 'tracepoint:sched/*'
