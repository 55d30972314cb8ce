ebpf attach --emit-c 'kprobe:vfs read' {|ctx| $ctx.pid | emit }
