ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if $ctx.pid / 2 > 100 { count }
}
