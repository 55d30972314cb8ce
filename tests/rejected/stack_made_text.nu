ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    $"at ($ctx.kstack)" | count
}
