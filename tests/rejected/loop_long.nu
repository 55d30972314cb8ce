ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    for i in 1..5000 { count }
}
