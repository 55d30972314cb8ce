ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    $ctx.flags | hist
    $ctx.flags | hist --steps 2
}
