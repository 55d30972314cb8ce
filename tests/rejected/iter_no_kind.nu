ebpf iter
