ebpf attach --emit-c '/bin/bash:readline' {|ctx| $ctx.comm | count }

# corrected: ebpf attach --emit-c 'uprobe:/bin/bash:readline' {|ctx| $ctx.comm | count }
