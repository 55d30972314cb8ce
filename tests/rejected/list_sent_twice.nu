ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    [1 2] | each {|x| $x | emit } | each {|y| $y + $ctx.pid | emit }
}
