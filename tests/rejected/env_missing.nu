ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if $ctx.pid > $env.NO_SUCH_LIMIT { count }
}
