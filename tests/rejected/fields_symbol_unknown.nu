ebpf fields 'uprobe:/bin/true:'
