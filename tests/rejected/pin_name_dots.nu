ebpf attach --pin '../reads' --emit-c 'kprobe:vfs_read' {|ctx| count }
