ebpf attach 'kprobe:vfs_read' {|ctx| $ctx.arg0 | ksm | emit }
