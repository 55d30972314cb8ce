ebpf iter --emit-c task {|ctx| $ctx.task.real_parent | usym }
