ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    while $ctx.pid > 3 { $ctx.pid | emit }
}
