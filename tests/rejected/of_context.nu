ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx | columns | emit
}
