ebpf attach --emit-c --no-upgrade 'kretprobe:vfs_read' {|ctx| $ctx.retval | stats; $ctx.uptime | min --as first; $ctx.retval | max --by {pid: $ctx.pid, comm: $ctx.comm} }
