ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if $ctx.pid in 1..3..99 { count }
}
