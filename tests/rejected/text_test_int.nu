ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.comm | str contains $ctx.pid | emit
}
