ebpf attach --emit-c --no-upgrade 'kretprobe:vfs_read' {|ctx| $ctx.uptime | hist --by $ctx.pid --steps 3; $ctx.retval | hist --linear -100..50..<1000 --as lengths }
