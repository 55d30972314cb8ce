ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.args.file.f_pth.dentry | emit }
