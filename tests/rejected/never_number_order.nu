ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.pid < 0 { $ctx.comm | emit }
}
