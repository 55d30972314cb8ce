ebpf attach --emit-c ['tracepoint:syscalls/sys_enter_openat' 'tracepoint:syscalls/sys_enter_read'] {|ctx| let file = $ctx.filename?; {a: 1}.b | emit }
