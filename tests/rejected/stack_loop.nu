ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    for frame in $ctx.ustack { $frame | emit }
}
