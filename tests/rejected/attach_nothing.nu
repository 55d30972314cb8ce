ebpf attach --stream
