ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if $ctx.comm in 1..9 { count }
}
