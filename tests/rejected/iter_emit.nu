ebpf iter --emit-c task {|ctx| {pid: $ctx.task.pid} | emit }
