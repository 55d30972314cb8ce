ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.arg1 | read-bytes $ctx.comm | emit }
