ebpf attach 'uprobe:no-such-library:f' {|ctx| $ctx.pid | emit }
