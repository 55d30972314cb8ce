ebpf attach --object some.o --emit-c
