ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    let pid: string = $ctx.pid
    $pid | emit
}
