ebpf attach --emit-c 'lsm:file/open' {|ctx| count }
