ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_openat' {|ctx| $ctx.retval | emit }
