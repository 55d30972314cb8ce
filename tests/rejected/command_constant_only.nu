ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.comm | str replace a b | emit
}
