# Null adds nothing: where nothing else comes, there is no map either.
ebpf attach --emit-c --no-upgrade 'kretprobe:vfs_read' {|ctx| null | sum --by $ctx.pid; (if $ctx.retval > 0 { 'x' }) | min --by $ctx.pid; $ctx.pid | count }
