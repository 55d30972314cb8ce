ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    [1 $ctx.pid] ++ $ctx.pid | emit
}
