ebpf attach --emit-c {
    'tracepoint:syscalls/sys_enter_openat': {|ctx| start-timer; start-timer --as by_flags --key $ctx.flags }
    'tracepoint:syscalls/sys_exit_openat': {|ctx| stop-timer | histogram; stop-timer --as by_flags --key 3 | emit }
}
