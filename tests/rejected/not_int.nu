ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if not $ctx.pid { $ctx.pid | emit }
}
