ebpf setup --group '--help'
