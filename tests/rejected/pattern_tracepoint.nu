ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_clone*' {|ctx| $ctx.pid | emit }

# corrected: ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_kill' {|ctx| $ctx.pid | emit }
