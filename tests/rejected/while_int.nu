ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    mut left = 3
    while $left { $left -= 1 }
}
