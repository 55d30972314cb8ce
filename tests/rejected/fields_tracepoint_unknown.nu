ebpf fields 'tracepoint:sched/sched_swich'
