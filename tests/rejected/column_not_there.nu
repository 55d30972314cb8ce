ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    {pid: $ctx.pid} | update uid 1 | emit
}
