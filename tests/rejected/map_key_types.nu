ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    1 | map-put seen $ctx.tid
    $ctx.comm | map-get seen | emit
}
