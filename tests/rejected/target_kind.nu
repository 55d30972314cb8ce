ebpf attach --emit-c 'kprove:vfs_read' {|ctx| $ctx.pid | emit }
