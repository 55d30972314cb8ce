ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    do $ctx.pid
}
