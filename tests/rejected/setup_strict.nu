ebpf setup --strict
