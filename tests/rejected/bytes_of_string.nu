ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.comm | bytes length | emit
}
