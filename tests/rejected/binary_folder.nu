ebpf attach 'uprobe:/etc:f' {|ctx| $ctx.pid | emit }
