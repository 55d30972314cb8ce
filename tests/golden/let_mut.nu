ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let flags = $ctx.flags
    mut seen = 0
    if $flags == 0 { $seen = 1 }
    if $ctx.mode != 0 { $seen = $seen + 2 }
    $seen += 4
    let who = {pid: $ctx.pid, name: $ctx.comm}
    {seen: $seen, flags: $flags, who: $who.name, again: $who} | emit
}
