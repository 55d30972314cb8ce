ebpf probes 'tracepoint:sched'
