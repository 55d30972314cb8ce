ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    for n in [1 2 3] {
        for word in [a b] { {n: $n, word: $word} | emit }
        $ctx.pid | emit
    }
}
