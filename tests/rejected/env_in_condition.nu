ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $env.LIMIT == 3 { $ctx.pid | emit }
}
