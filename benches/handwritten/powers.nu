ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_read' {|ctx|
    mut rest = $ctx.count
    mut power = 0
    while $rest > 1 { $rest = $rest bit-shr 1; $power += 1 }
    $power | count
}
