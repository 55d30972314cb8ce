ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    ($ctx.pid | into binary) ++ 0x[01] | emit
}
