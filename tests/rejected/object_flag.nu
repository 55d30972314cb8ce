ebpf attach --object some.o --ring-buffer 1MiB
