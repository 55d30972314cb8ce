ebpf detach 7
