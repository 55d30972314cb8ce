ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    mut all = ""
    for i in 0..3 { $all = $"($all),($i)" }
    if $all == ",0,1,2,3" { count }
}
