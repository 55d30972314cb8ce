ebpf attach 'uprobe:/no/such/program:f' {|ctx| $ctx.pid | emit }
