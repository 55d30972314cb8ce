ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    [$ctx.pid 2] | where $it > 1 | reject 0 | emit
}
