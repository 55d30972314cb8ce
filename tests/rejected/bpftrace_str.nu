ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| str($ctx.filename) | emit }

# corrected: ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.filename | read-str | emit }
