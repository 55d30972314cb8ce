ebpf attach --emit-c 'tracepoint:syscalls/*' {|ctx| $'at ($ctx.func)' | count }
