ebpf attach --emit-c 'kretprobe:vfs_read' {|ctx| $ctx.arg0 | emit }
