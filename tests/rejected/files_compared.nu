ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    [{size: 1kb} {size: 2kb}] | where size > $ctx.pid | emit
}
