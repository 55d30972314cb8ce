ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    for field in $ctx { $field | emit }
}
