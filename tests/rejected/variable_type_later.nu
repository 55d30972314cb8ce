ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    mut n = 1
    if $ctx.pid > 9 { $n = $ctx.comm }
    $n | emit
}
