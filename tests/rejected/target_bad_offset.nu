ebpf attach --emit-c 'uprobe:libc:+12zz' {|ctx| $ctx.pid | emit }
