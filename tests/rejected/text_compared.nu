ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    if $'($ctx.uptime)' == '1min' { count }
}
