ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if $ctx.comm =~ '(a|b)*a(a|b){14}' { count }
}
