ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let x = if $ctx.pid == 1 { {a: 1} } else { 2 }
    $x | emit
}
