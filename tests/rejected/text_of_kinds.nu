ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    let it = if $ctx.pid > 9 { $ctx.pid } else { [1] }
    if $'a($it)' == a1 { count }
}
