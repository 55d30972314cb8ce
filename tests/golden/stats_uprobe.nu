# A uprobe can be preempted: every add is atomic.
ebpf attach --emit-c 'uprobe:/bin/sh:main' {|ctx| $ctx.arg0 | stats --by $ctx.pid; $ctx.arg1 | histogram }
