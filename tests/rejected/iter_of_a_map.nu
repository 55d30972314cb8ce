ebpf iter --emit-c sockmap {|ctx| 1 }
