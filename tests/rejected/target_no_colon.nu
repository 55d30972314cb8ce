ebpf attach --emit-c 'vfs_read' {|ctx| $ctx.pid | emit }
