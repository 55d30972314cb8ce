ebpf detach 1 --all
