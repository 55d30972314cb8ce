ebpf attach --emit-c 'uprobe:/usr/bin/bash:readline' {|ctx| $ctx.args.prompt | emit }
