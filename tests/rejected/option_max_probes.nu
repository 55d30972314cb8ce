ebpf attach --emit-c --max-probes 0 'tracepoint:syscalls/*' {|ctx| $ctx.func | emit }
