ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    mut row = {pid: $ctx.pid, flags: $ctx.flags, inner: {a: 1}}
    $row.inner.a += $ctx.dfd
    if $row.inner.a in 0..9 { $row.flags = 0 }
    let more = $row | insert who $ctx.comm | update pid {|r| $r.pid + 1 } | reject flags
    {...$more, wait: (($ctx.flags * 1ms) + 1sec), names: ($more | columns)} | emit
}
