ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    $ctx.pid | emit
    [$ctx.comm $ctx.uid "constant"] | emit
    "mark" | emit
    $ctx.comm | count
}
