ebpf attach --emit-c 'usdt:libstdc++:libstdcxx:thorw' {|ctx| $ctx.arg0 | emit }
