ebpf attach 'kprobe:vfs_read' {|ctx| $"at ($ctx.arg1 | usym)" | count }
