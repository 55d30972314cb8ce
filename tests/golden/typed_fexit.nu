ebpf attach --emit-c 'fexit:fget' {|ctx| {fd: $ctx.args.fd, position: $ctx.retval.f_pos?, state: ($ctx.task.link.used.2)} | emit }
