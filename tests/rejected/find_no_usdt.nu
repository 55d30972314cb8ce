ebpf probes 'usdt:throw'
