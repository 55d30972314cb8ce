ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| ($ctx.arg0 | cast 'struct file' --length 8).f_pos | emit }
