ebpf attach --pin aaaaaaaaaabbbbbbbbbbccccccccccddd --emit-c 'kprobe:vfs_read' {|ctx| count }
