ebpf attach 'kprobe:vfs_read' {|ctx| $ctx.comm | ksym | emit }
