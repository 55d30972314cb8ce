ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    [$ctx.pid $ctx.uid].2 | emit
}
