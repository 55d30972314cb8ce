ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let name = $ctx.comm
    if $name in [bash "NetworkManager-dispatcher"] { $ctx.pid | emit }
}
