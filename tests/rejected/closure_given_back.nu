ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    let adder = {|a| {|b| $a + $b } }
    let add = do $adder $ctx.pid
    do $add 1 | emit
}
