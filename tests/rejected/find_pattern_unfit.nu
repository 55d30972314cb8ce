ebpf probes 'tracepoint:sched/sched_swich*'
