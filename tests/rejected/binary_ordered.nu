ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if ($ctx.pid | into binary) < 0x[01] { count }
}
