ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| kstack(5) | count }

# corrected: ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.kstack | count }
