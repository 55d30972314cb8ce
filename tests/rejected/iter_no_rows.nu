ebpf iter --emit-c task {|ctx| let pid = $ctx.task.pid }
