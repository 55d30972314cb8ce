ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    {...{a: 1}, pid: $ctx.pid} | emit
}
