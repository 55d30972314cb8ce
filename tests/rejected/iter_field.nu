ebpf iter --emit-c task {|ctx| {pid: $ctx.pid} }
