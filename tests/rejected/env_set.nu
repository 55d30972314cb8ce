ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $env.SEEN = $ctx.pid
}
