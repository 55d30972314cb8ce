ebpf probes --kind uprobe
