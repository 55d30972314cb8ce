ebpf attach --emit-c 'kprobe:vfs_read+ten' {|ctx| $ctx.pid | emit }
