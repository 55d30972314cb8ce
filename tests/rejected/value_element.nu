ebpf attach --emit-c 'fentry:vfs_read' {|ctx| $ctx.args.file.f_path | get $ctx.args.count | emit }
