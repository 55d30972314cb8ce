ebpf attach --emit-c 'fentry:vfs_read' {|ctx| $ctx.args.file->f_inode->i_ino | emit }

# corrected: ebpf attach --emit-c 'fentry:vfs_read' {|ctx| $ctx.args.file.f_inode.i_ino | emit }
