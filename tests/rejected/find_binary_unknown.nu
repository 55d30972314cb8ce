ebpf probes 'uprobe:no-such-library:open*'
