ebpf probes 'profile:*'
