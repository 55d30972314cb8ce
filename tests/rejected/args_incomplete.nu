ebpf attach --emit-c 'uprobe:./program.so:scaled' {|ctx| $ctx.args | emit }
