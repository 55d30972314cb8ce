ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    let both = {|a, b| $a + $b }
    do $both $ctx.pid | emit
}
