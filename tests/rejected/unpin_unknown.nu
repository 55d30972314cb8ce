$env.NU_EBPF_BPFFS = '/nowhere'
ebpf unpin reads
