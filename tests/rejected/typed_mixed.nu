ebpf attach 'kprobe:vfs_read' {|ctx|
    let one = if $ctx.cpu > 0 { {at: $ctx.args.file} } else { {at: $ctx.args.file.f_inode} }
    $one.at.f_mode | count
}
