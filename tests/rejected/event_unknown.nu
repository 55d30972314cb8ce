ebpf attach --emit-c 'software:page-fault' {|ctx| count }
