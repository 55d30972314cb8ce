ebpf attach --emit-c 'fentry:tcp_connect' {|ctx| $ctx.retval | emit }
