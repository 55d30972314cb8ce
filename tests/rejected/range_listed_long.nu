ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    1..1000 | each {|i| $i + $ctx.pid } | math sum | emit
}
