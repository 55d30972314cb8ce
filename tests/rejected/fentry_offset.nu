ebpf attach --emit-c 'fentry:vfs_read+0x12' {|ctx| $ctx.pid | emit }
