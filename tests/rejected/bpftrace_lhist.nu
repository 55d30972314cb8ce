ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_openat' {|ctx| $ctx.ret | lhist 0 100 10 }

# corrected: ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_openat' {|ctx| $ctx.ret | hist --linear 0..10..100 }
