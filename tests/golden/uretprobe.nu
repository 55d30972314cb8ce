ebpf attach --emit-c 'uretprobe:/usr/bin/bash:readline' {|ctx| $ctx.retval | read-str --len 200 | emit }
