ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if ($ctx.pid | into binary | bytes starts-with ($ctx.comm | into binary)) { count }
}
