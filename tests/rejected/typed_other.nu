ebpf attach 'kprobe:vfs_read' {|ctx|
    mut place = $ctx.args.file
    $place.f_mode | count
    $place = $place.f_inode
}
