ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    {at: $ctx.pid} | count
    {at: $ctx.cpu} | count
    {at: $ctx.ktime} | count
}
