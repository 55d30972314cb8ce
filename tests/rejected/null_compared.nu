ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    null < $ctx.pid | emit
}
