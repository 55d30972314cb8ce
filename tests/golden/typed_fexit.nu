ebpf attach --emit-c 'fexit:fget' {|ctx| {fd: $ctx.args.fd, position: $ctx.retval.f_pos?, files: ($ctx.task.signal.rlim.7.rlim_cur)} | emit }
