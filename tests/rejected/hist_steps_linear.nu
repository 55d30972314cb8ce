ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.flags | hist --steps 2 --linear 0..10..100 }
