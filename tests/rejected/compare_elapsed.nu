ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_openat' {|ctx|
    if $ctx.elapsed > 1000 { $ctx.pid | emit }
}
