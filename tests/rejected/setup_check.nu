ebpf setup --check --yes
