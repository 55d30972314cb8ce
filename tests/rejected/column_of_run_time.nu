ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    {($ctx.comm): 1} | emit
}
