ebpf attach --emit-c 'kprobe:vfs_read,vfs_write' {|ctx| $ctx.comm | count }

# corrected: ebpf attach --emit-c 'kprobe:{vfs_read,vfs_write}' {|ctx| $ctx.comm | count }
