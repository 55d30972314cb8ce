ebpf attach --emit-c 'fentry:vfs_read' {|ctx| {inode: $ctx.args.file.f_path.dentry.d_name} | emit }
