let f = {|n| $n | str replace a b }
ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    do $f $ctx.pid | emit
}
