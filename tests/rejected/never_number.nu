ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.uid == -1 { $ctx.pid | emit }
}
