ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_open*' {|ctx|
    $ctx.func | map-put last $ctx.tid
    $ctx.tid | map-get last | emit
}
