# A range of run time needs a limit; the row of each turn has the counter.
ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    for i in 0..$ctx.dfd {
        if $i == 3 { continue }
        if $i > 8 { break }
        {turn: $i, left: ($ctx.dfd - $i)} | emit
    }
}
