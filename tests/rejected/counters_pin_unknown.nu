$env.NU_EBPF_BPFFS = '/nowhere'
ebpf counters --pin reads
