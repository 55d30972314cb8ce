ebpf counters
