ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_read' {|ctx|
    if $ctx.count >= 4000 and $ctx.uid != 0 { {comm: $ctx.comm, fd: $ctx.fd} | count }
}
