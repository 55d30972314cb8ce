ebpf attach --emit-c --no-upgrade 'kprobe:vfs_read' {|ctx|
    let file = $ctx.args.file
    if $file.f_inode.i_size > 1000000 { {name: $file.f_path.dentry.d_name.name, count: $ctx.args.count} | emit }
}
