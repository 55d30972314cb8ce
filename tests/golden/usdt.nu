ebpf attach --emit-c ['usdt:libstdc++:libstdcxx:throw' 'usdt:libstdc++:libstdcxx:catch'] {|ctx| {at: $ctx.func, object: $ctx.arg0} | emit }
