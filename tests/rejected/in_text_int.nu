ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.pid in $ctx.comm | emit
}
