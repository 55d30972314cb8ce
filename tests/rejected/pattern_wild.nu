ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if $ctx.comm =~ '\w{200}\w{200}' { count }
}
