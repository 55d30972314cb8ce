ebpf attach --pid 1073741824 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    $ctx.comm | count
}
