ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    {what: opened, pid: $ctx.pid} | count
    {what: closed, pid: $ctx.pid} | count
}
