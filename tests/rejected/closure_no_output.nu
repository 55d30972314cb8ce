ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    {pid: $ctx.pid, comm: $ctx.comm}
}
