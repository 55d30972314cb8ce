ebpf probes 'uprobe:libnothing:open*'
