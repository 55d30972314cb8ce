ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if $ctx.comm { count }
}
