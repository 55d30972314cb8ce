[{arg0: 1}] | ebpf run {|ctx| $ctx.arg0 + 1 }
