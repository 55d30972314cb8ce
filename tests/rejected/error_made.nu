ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if $ctx.pid == 0 { error make {msg: 'no'} }
}
