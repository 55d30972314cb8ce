ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| ps | where pid == $ctx.pid | emit }
