ebpf fields 'tracepoint:syscalls/sys_enter_{kill,tkill}'
