ebpf attach --emit-c 'uprobe:libc:malloc' {|ctx| count }
