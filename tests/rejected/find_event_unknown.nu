ebpf probes 'software:page-fault'
