def greater [n] { $n | sort }
ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    greater $ctx.pid | emit
}
