ebpf attach --emit-c {
    'tracepoint:syscalls/sys_enter_openat': {|ctx| {flags: $ctx.flags} | map-put seen $ctx.tid }
    'tracepoint:syscalls/sys_exit_openat': {|ctx| {ret: $ctx.ret} | map-put seen $ctx.tid }
}
