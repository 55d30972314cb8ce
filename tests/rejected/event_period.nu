ebpf attach --emit-c 'software:page-faults:0' {|ctx| count }
