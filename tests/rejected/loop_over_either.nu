ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    let it = if $ctx.pid > 9 { [1] } else { [1 2] }
    for i in $it { $i | emit }
}
