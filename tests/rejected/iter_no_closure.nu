ebpf iter task_file
