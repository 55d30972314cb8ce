ebpf attach --emit-c 'fentry:vfs_read' {|ctx| {args: $ctx.args, path: $ctx.args.file.f_path, name: $ctx.args.file.f_path.dentry.d_name} | emit }
