ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.args.count.bytes | emit }
