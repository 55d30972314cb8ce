ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    let it = if $ctx.pid > 9 { $ctx.pid } else { $ctx.uptime }
    $it + {a: 1} | emit
}
