ebpf attach --emit-c 'END' {|ctx| 'hi' | emit }
