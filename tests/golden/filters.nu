ebpf attach --emit-c --pid 77 --comm 'a "b" ü' 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.dfd | emit }
