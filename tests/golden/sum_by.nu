ebpf attach --emit-c 'kretprobe:vfs_read' {|ctx| if $ctx.retval > 0 { $ctx.retval | sum --by $ctx.comm } }
