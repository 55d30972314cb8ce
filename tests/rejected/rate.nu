ebpf attach --emit-c 'profile:99' {|ctx| count }
