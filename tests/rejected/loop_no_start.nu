ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    for i in ..$ctx.arg0 { count }
}
