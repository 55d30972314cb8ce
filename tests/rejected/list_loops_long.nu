let many = 1..120 | each { $in }
ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    for a in $many { for b in $many { if $ctx.pid == $a + $b { count } } }
}
