ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    ls $'($ctx.comm)*' | emit
}
