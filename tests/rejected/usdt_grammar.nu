ebpf attach --emit-c 'usdt:libstdc++:throw' {|ctx| $ctx.arg0 | emit }
