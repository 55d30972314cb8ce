# One of two kinds: an int or a string; and null or an int.
ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let which = if $ctx.dfd < 0 { "cwd" } else { $ctx.dfd }
    let flags = if $ctx.flags == 0 { null } else { $ctx.flags }
    {which: $which, flags: $flags} | emit
    $which | count
}
