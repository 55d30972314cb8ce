ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.comm | str index-of a --range 0..3 | emit
}
