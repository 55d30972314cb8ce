ebpf attach --emit-c 'usdt:libstdc++:libstdcxx:thr?w_*' {|ctx| $ctx.arg0 | emit }
