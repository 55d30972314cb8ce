ebpf attach --emit-c 'syscalls/sys_enter_openat' {|ctx| $ctx.comm | count }

# corrected: ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.comm | count }
