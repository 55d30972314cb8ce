ebpf attach --emit-c 'kretprobe:vfs_read+0x10' {|ctx| $ctx.pid | emit }
