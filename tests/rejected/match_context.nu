ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    match $ctx { {pid: 1} => { count } }
}
