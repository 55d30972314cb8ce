ebpf attach --object 0x[7f 45 4c 46]
