ebpf attach --emit-c 'fentry:vfs_read' {|ctx| {path: $ctx.args.file.f_path} | emit }
