ebpf attach -s 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.pid }
