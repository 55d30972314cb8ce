ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    do {|x| $x < 3 } {a: $ctx.pid} | emit
}
