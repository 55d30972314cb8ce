ebpf attach --emit-c 'uprobe:libc' {|ctx| $ctx.pid | emit }
