ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    [$ctx.pid $ctx.uid] | first $ctx.cpu | emit
}
