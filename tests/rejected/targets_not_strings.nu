let targets = ['kprobe:vfs_read' (3 | into duration)]
ebpf attach --emit-c $targets {|ctx| $ctx.pid | emit }
