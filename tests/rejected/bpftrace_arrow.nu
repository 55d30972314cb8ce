ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.args->filename | emit }

# corrected: ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.args.filename | emit }
