ebpf attach --emit-c 'fentry:tcp_connect' {|ctx| $ctx.arg1 | emit }
