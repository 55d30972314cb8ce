ebpf attach --pin '' --emit-c 'kprobe:vfs_read' {|ctx| count }
