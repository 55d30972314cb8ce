ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| {path: $ctx.args.file.f_path} | count }
