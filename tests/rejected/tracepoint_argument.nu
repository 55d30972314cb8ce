ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.arg0 | emit }

# corrected: ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.dfd | emit }
