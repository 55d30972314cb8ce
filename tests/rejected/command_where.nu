ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    [$ctx.pid] | where $it > 3 | emit
}
