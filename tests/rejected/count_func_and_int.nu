ebpf attach --emit-c 'tracepoint:syscalls/*' {|ctx|
    $ctx.func | count
    $ctx.cpu | count
}
