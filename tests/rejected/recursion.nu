def down [n: int] { if $n > 0 { down ($n - 1) } else { $n } }
ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    down $ctx.pid | emit
}
