ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let half = if $ctx.dfd > 0 { $ctx.dfd / 2 }
    if $half == 2.5 { 1 | emit } else { 2 | emit }
}
