ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.pid | any {|it| $it > 3 } | emit
}
