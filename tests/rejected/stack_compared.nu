ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.kstack == $ctx.ustack { 1 | emit }
}
