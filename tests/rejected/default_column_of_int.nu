ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.pid | default 1 name | emit
}
