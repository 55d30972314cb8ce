ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    [1 2] | each {|x| $x | emit }
}
