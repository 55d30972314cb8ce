ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| printf '%d' $ctx.pid }

# corrected: ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.pid | emit }
