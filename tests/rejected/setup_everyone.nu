ebpf setup --everyone --group tracers
