ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| start-timer --key $ctx.flags; stop-timer | histogram }
