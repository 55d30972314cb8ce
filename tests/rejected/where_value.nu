ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.pid | where $it > 3 | emit
}
