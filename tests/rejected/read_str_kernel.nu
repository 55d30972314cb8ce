ebpf attach --emit-c 'fentry:vfs_read' {|ctx| $ctx.args.file.f_path.dentry | read-str | emit }

# corrected: ebpf attach --emit-c 'fentry:vfs_read' {|ctx| $ctx.args.file.f_path.dentry | read-kernel-str | emit }
