ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.comm =~ '^kworker/[0-9]+:[0-9]+-events' { $ctx.pid | emit }
}
