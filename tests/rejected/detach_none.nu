ebpf detach
