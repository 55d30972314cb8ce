ebpf attach --emit-c 'tracepoint:*/sys_*' {|ctx| $ctx.__syscall_nr | emit }
