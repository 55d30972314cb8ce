ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_read' {|ctx|
    for part in 0..3 {
        let size = ($ctx.count bit-shr ($part * 16)) bit-and 0xffff
        if $size == 0 { continue }
        {part: $part, size: $size} | emit
    }
}
