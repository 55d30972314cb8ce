ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    0..$ctx.pid | emit
}
