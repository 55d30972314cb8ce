ebpf attach --emit-c 'kprobe:vfs_read' {|| $in.pid | emit }
