ebpf attach --emit-c 'kretprobe:vfs_read' {|ctx| $ctx.args.count | emit }
