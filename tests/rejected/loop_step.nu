ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    for i in 0..2..$ctx.arg0 { count }
}
