ebpf attach --emit-c 'tracepoint:sock/inet_sock_set_state' {|ctx| $ctx.skaddr | read-str | emit }
