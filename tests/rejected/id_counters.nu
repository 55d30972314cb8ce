ebpf counters 1
