ebpf attach -s 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.pid != 'sh' { $ctx.pid | count } else { $ctx.pid | emit }
}
