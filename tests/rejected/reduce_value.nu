ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.pid | reduce {|it, acc| $it + $acc } | emit
}
