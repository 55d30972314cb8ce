ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    $ctx.args | where pid > 3 | emit
}
