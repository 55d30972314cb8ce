ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    for i in 1..2000 { for j in 0..<$ctx.pid { count } }
}
