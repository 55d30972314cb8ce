ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    let names = {a: 1, b: 2}
    $names | get $ctx.comm | emit
}
