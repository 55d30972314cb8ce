ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    mut line = ''
    for i in 0..3 { $line = $line + $'($i),' }
    $line | emit
}
