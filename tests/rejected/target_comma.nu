ebpf attach --emit-c 'kprobe:vfs_read,kprobe:vfs_write' {|ctx| $ctx.comm | count }

# corrected: ebpf attach --emit-c ['kprobe:vfs_read' 'kprobe:vfs_write'] {|ctx| $ctx.comm | count }
