ebpf attach --emit-c 'uprobe:/bin/sh:no_such_*' {|ctx| $ctx.pid | emit }
