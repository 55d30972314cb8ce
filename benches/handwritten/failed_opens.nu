ebpf attach --emit-c 'tracepoint:syscalls/sys_exit_openat' {|ctx|
    if $ctx.ret < 0 { {comm: $ctx.comm, error: (0 - $ctx.ret)} | count }
}
