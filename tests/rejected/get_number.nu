ebpf attach --emit-c 'fentry:vfs_read' {|ctx| {a: 1} | get $ctx.pid | emit }
