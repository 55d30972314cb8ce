ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.pid | reject name | emit
}
