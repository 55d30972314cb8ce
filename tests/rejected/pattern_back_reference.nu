ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if $ctx.comm =~ '(a)\1' { count }
}
