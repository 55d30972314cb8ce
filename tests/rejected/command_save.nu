ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    $ctx.comm | save names.txt
}
