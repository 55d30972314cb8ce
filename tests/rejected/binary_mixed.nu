ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if ($ctx.pid | into binary) == ($ctx.comm | into binary) { count }
}
