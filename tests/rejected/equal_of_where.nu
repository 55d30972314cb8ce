ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    let few = [$ctx.pid $ctx.tid $ctx.uid 4 5 6 7 8 9] | where $it > $ctx.cpu
    if $few == (1..9 | each {|n| $n + $ctx.pid }) { count }
}
