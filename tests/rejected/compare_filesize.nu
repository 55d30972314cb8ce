ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_openat' {|ctx|
    if $ctx.ret > 1kb { $ctx.pid | emit }
}
