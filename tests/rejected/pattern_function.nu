ebpf attach --emit-c 'kprobe:vfs_raed*' {|ctx| $ctx.pid | emit }

# corrected: ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| $ctx.pid | emit }
