ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    const least = 3
    if $ctx.pid > $least { count }
}
