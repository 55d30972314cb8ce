ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_read' {|ctx|
    mut size = $ctx.count
    mut power = 0
    while $size > 1 {
        $size = $size // 2
        $power += 1
    }
    loop {
        $power -= 1
        if $power < 4 { break }
    }
    $power | count
}
