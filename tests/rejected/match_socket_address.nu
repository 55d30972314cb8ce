ebpf attach --emit-c 'kprobe:vfs_read' {|ctx|
    let to = $ctx.arg1 | cast 'struct sockaddr'
    match [$to $ctx.pid] { [{family: 'inet'} _] => { count }, _ => {} }
}
