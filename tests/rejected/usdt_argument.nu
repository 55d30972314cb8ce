ebpf attach --emit-c 'usdt:libstdc++:libstdcxx:throw' {|ctx| $ctx.arg9 | emit }
