[1 2] | ebpf run {|ctx| $ctx.arg0 | emit }
