ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    [$ctx.comm abc] | math max | emit
}
