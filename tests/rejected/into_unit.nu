ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.arg0 | into duration --unit $ctx.comm | emit
}
