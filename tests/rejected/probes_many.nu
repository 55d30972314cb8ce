ebpf attach --emit-c --max-probes 2 'tracepoint:syscalls/*' {|ctx| $ctx.pid | emit }
