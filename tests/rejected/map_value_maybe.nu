ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    {n: ($ctx.tid | map-get seen)} | map-put last $ctx.tid
    1 | map-put seen $ctx.tid
}
