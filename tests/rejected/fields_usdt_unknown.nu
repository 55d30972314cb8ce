ebpf fields 'usdt:libstdc++:libstdcxx:thorw'
