ebpf counters 1 --pin reads
