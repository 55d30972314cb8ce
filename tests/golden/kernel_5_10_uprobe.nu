ebpf attach --emit-c --kernel 5.10 'uprobe:libc:malloc' {|ctx| $ctx.arg0 | stats }
