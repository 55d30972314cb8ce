ebpf attach --emit-c 'fentry:tcp_connect' {|ctx| $ctx.comm | into ip | count }
