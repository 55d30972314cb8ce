ebpf type 'struct requst' --binary ./program.so
