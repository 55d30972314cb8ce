ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| hist($ctx.arg2) }

# corrected: ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.arg2 | histogram }
