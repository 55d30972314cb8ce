ebpf attach --emit-c 'kretprobe:vfs_read' {|ctx| if $ctx.retval > 4096 { $ctx.retval | sum --by $ctx.kstack } }
