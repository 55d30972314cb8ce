ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.uid != 0 { return }
    $ctx.comm | emit
    if $ctx.dfd == -100 { return }
    $ctx.dfd | emit
}
