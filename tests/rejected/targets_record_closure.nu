ebpf attach --emit-c {'kprobe:vfs_read': {|ctx| $ctx.pid | emit }} {|ctx| $ctx.pid | emit }
