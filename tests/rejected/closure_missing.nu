ebpf attach 'kprobe:vfs_read'

# corrected: ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.comm | count }
