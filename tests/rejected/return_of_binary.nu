ebpf attach --emit-c 'uprobe:libc:malloc' {|ctx| $ctx.retval | emit }
