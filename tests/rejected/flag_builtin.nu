ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.comm | str contains --ignore-case NU | emit
}
