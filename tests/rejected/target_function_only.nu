ebpf attach --emit-c 'vfs_read' {|ctx| $ctx.comm | count }

# corrected: ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.comm | count }
