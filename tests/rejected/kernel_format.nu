ebpf attach --emit-c --kernel 5.10 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    $"($ctx.comm):($ctx.pid)" | count
}
