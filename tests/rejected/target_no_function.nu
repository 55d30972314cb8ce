ebpf attach --emit-c 'kprobe:' {|ctx| $ctx.pid | emit }
