ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.uid in 5000000000..6000000000 { $ctx.pid | emit }
}
