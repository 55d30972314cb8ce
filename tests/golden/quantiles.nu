# Null adds nothing: only the other branch has a statement.
ebpf attach --emit-c --no-upgrade 'kretprobe:vfs_read' {|ctx| let size = if $ctx.retval > 0 { $ctx.retval | into filesize }; $size | quantiles --by {who: $ctx.comm} }
