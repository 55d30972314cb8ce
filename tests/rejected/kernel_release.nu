ebpf attach --emit-c --kernel 4.19 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.pid | count }
