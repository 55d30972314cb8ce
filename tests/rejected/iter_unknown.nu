ebpf iter --emit-c task_fil {|ctx| $ctx.fd }
