[[arg0 pid]; [1 2]] | ebpf run {|ctx| $ctx.arg0 | emit }
