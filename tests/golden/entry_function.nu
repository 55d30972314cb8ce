ebpf attach --emit-c 'kretprobe:vfs_read' {|ctx| $ctx.elapsed | hist --by {comm: $ctx.entry.comm, size: $ctx.entry.arg2} }
