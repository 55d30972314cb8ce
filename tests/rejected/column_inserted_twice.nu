ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    {pid: $ctx.pid} | insert pid 1 | emit
}
