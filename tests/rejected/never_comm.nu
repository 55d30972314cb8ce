ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.comm == "systemd-journald" { $ctx.pid | emit }
}
