ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let name = $ctx.filename | read-str
    mut n = 0
    for i in 0..4000 { if $name =~ 'a.*b' { $n += 1 } }
    $n | emit
}
