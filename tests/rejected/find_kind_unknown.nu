ebpf probes 'tracepont:sched/*'
