ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| 1.5 | map-put seen $ctx.tid }
