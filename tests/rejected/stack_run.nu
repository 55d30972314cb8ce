[1] | wrap arg0 | ebpf run {|ctx| $ctx.kstack | emit }
