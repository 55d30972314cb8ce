ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    let few = [$ctx.pid 2 3 4 5 6 7 8 9] | where $it > 4
    if $few == (1..8 | each {|n| $n + $ctx.pid }) { count }
}
