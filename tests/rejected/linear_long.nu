ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.flags | hist --linear 0..10000 }
