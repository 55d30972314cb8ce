ebpf attach --emit-c 'breakpoint:vfs_read' {|ctx| $ctx.pid | emit }
