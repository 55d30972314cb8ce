ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.pid / 2 | count
}
