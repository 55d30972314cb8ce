ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.arg2 * 1.5 | sum }

# corrected: ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.arg2 * 3 // 2 | sum }
