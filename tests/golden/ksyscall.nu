ebpf attach --emit-c 'kprobe:sys_read' {|ctx| {fd: $ctx.arg0, bytes: $ctx.arg2, fourth: $ctx.arg3} | emit }
