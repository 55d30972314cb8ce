ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.comm | str substring 0..$ctx.cpu | emit
}
