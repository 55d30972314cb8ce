ebpf attach --emit-c 'kretprobe:vfs_read' {|ctx| $ctx.zzzzzzzzzz | emit }
