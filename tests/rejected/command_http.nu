ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    http get $ctx.pid
}
