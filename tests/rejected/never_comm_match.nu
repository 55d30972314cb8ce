ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    match $ctx.pcomm { "systemd-journald" => { $ctx.pid | emit }, _ => {} }
}
