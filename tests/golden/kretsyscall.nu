ebpf attach --emit-c 'kretsyscall:read' {|ctx| {comm: $ctx.comm, retval: $ctx.retval} | count }
