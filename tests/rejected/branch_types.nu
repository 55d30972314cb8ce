ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    let x = if $ctx.pid == 1 { 1 } else { "many" }
    $x | emit
}
