let f = {|ctx, other| $ctx.pid + $other | emit }
ebpf attach --emit-c 'kprobe:vfs_read' $f
