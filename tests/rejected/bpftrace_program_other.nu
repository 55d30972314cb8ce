ebpf attach 'kprobe:vfs_read { @start[tid] = nsecs; }'
