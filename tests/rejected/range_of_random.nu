ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    random int 0..$ctx.pid | emit
}
