ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    date now | emit
}
