ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.pid + ('x' | into int) | emit
}
