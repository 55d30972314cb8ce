ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    try { $ctx.pid | emit } catch { "x" | emit }
}
