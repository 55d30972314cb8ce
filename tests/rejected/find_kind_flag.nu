ebpf probes --kind kprob
