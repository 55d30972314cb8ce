ebpf attach --emit-c 'uprobe:/usr/bin/bash:readline+4' {|ctx| {text: ($ctx.arg0 | read-str), number: $ctx.arg1} | emit }
