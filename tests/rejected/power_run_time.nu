ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    2 ** $ctx.cpu | emit
}
