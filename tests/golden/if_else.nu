ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_openat' {|ctx|
    if $ctx.ret < 0 {
        {failed: $ctx.ret} | emit
    } else if $ctx.ret > 100 {
        "many files" | emit
    } else {
        {pid: $ctx.pid, fd: $ctx.ret} | emit
    }
}
