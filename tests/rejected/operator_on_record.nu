ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let r = {pid: $ctx.pid}
    if $r == 3 { $r | emit }
}
