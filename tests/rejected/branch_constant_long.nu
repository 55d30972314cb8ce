ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    let name = if $ctx.uid == 0 { "sixteen bytes it" } else { $ctx.comm }
    $name | emit
}
