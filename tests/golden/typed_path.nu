ebpf attach --emit-c --no-upgrade 'kprobe:vfs_read' {|ctx| {path: $ctx.args.file.f_path} | count }
