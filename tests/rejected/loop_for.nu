ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    for i in 1..3 { $i | emit }
}
