ebpf attach --emit-c 'kretprobe:tcp_connect' {|ctx| if $ctx.retval < 0 { {comm: $ctx.comm, why: $ctx.retval} | count } }
