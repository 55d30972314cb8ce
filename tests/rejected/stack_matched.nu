ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    match $ctx.kstack { [$a] => { 1 | emit }, _ => {} }
}
