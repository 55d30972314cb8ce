ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    [$ctx.pid $ctx.comm] | each {|it| $it | first 1 } | emit
}
