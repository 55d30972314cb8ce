ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    match $ctx.pid { 1 => ("one" | emit), _ => null }
}
