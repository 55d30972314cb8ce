ebpf attach --emit-c [] {|ctx| $ctx.pid | emit }
