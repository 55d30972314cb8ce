ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    let it = if $ctx.pid > 9 { $ctx } else { $ctx.pid }
    $it | emit
}
