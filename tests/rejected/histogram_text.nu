ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.comm | histogram }

# corrected: ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.comm | count }
