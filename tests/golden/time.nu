let deadline = 2026-01-01T00:00:00+00:00
ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.time > $deadline and $ctx.uptime > 1min {
        {time: $ctx.time, since: ($ctx.time - $deadline), soon: ($ctx.time + 1sec), deadline: $deadline} | emit
    }
}
