ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| ($ctx.arg0 | cast 'struct fil').f_pos | emit }
