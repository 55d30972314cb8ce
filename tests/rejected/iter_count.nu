ebpf iter --emit-c task {|ctx| $ctx.task.comm | count }
