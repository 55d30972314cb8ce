ebpf attach --object some.o 'tracepoint:sched/sched_switch'
