ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if $ctx.pid == 5000000000000000.0 { count }
}
