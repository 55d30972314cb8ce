ebpf attach --emit-c 'fentry:vfs_read' {|ctx|
    let inode = $ctx.args.file.f_inode
    let device = $inode.i_sb.s_dev
    $device | map-put device $inode.i_rdev
    if $device == "8:1" { {device: $device, put: ($inode.i_rdev | map-get device)} | count }
}
