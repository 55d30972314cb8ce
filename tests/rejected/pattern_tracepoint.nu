ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_clone*' {|ctx| $ctx.pid | emit }
