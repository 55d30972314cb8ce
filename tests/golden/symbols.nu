ebpf attach --emit-c 'kprobe:vfs_read' {|ctx| {kernel: ($ctx.arg0 | ksym), user: ($ctx.arg1 | usym)} | emit; {at: ($ctx.arg1 | usym), stack: $ctx.ustack} | count }
