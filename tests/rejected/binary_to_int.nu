ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.pid | into binary | into int | emit
}
