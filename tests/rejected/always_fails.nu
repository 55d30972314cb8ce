ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.pid + 9223372036854775807 + (9223372036854775807 + 1) | emit
}
