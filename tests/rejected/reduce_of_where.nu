ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    [$ctx.pid $ctx.uid] | where $it > 3 | reduce {|it, acc| $it + $acc } | emit
}
