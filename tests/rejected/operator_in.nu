ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.pid in [1 2] { $ctx.pid | emit }
}
