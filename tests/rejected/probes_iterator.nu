ebpf probes 'iter:tsk'
