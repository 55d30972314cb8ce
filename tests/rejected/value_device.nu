ebpf attach --emit-c 'fentry:vfs_read' {|ctx| if $ctx.args.file.f_inode.i_rdev == "sda" { count } }
