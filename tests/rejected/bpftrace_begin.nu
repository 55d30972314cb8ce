ebpf attach --emit-c 'BEGIN' {|ctx| 'hi' | emit }
