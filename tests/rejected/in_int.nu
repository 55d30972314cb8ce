ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if 3 in $ctx.pid { count }
}
