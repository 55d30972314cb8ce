ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    [$ctx.pid $ctx.uid] | where $it > 3 | take 1 | emit
}
