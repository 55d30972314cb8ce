ebpf attach --object no/such.o
