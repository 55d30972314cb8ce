def double [x: int] { $x * 2 }
ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    double $ctx.comm | emit
}
