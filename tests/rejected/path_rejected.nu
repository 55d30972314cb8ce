ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    {a: {b: $ctx.pid}} | reject a.b | emit
}
