ebpf attach --emit-c --no-upgrade 'kretprobe:vfs_read' {|ctx| if $ctx.retval > 0 { $ctx.retval | emit } }
