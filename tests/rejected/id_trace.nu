ebpf trace -1
