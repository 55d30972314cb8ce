ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    mut r = {a: 1}
    $r.a = $ctx.pid
    $r | emit
}
