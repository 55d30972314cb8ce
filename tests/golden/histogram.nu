ebpf attach --emit-c --no-upgrade 'kretprobe:vfs_read' {|ctx| $ctx.retval | histogram }
