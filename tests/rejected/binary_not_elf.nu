ebpf attach 'uprobe:/etc/passwd:f' {|ctx| $ctx.pid | emit }
