ebpf attach --object nope.o
