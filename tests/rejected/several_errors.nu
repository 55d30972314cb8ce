ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.pid { "x" | emit }
    if $ctx.dfd > 3sec { "y" | emit }
    $ctx.comm | read-str | emit
}
