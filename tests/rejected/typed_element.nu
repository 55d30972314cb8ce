ebpf attach --emit-c 'kprobe:tcp_connect' {|ctx| $ctx.task.link.used.4 | emit }
