ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| ($ctx.arg0 | cast 'struct file' --offset eight).f_pos | emit }
