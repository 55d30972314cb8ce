ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    3sec | read-str | emit
}
