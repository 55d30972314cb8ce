# A range of run time needs a limit: 256 turns.
ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    mut sum = 0
    for i in 0..$ctx.dfd {
        if $i == 3 { continue }
        if $i > 8 { break }
        $sum += $i
    }
    for i in 1..4 { if $i != 2 { {turn: $i, left: ($sum - $i)} | emit } }
}
