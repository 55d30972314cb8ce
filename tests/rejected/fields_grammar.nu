ebpf fields openat
