ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    mut n = $ctx.pid
    $n.low = 1
    $n | emit
}
