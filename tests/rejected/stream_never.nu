ebpf attach -s 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.comm == 5 { $ctx.pid | emit }
}
