ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let share = if $ctx.uid == 0 { 1.5 } else { 2.5 }
    $share | emit
}
