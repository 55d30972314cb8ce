[[arg0 arg1]; [1 2.5]] | ebpf run {|ctx| $ctx.arg1 | emit }
