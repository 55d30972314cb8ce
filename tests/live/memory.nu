# expect: [[[asked, name, longer, limited, none]; [20000000ns, 0x[74726967], true, 3, null]], [[key, count]; [0x[74726967676572006E6170], 2]], [[to, count]; ["127.0.0.1", 1]]]
# Memory of the process and of the kernel: by a type that is named, or byte for byte.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_clock_nanosleep' {|ctx|
    let asked = $ctx.rqtp | cast 'struct __kernel_timespec'
    let seconds = $ctx.rqtp | cast u64
    # The arguments, behind the path of the program: its own name, a NUL, the first of them.
    let begin = $ctx.task.mm.arg_end - 17
    let size = $ctx.task.mm.arg_end - $ctx.task.mm.arg_start
    {
        asked: ($seconds * 1sec + ($asked.tv_nsec * 1ns)), name: ($begin | read-bytes 4)
        longer: ($begin | read-bytes $size --len 200), limited: ($begin | read-bytes 10 --len 3)
        none: (16 | read-bytes 4)
    } | emit
    $begin - 1 | read-bytes 11 --offset 1 | count
}
^$env.TRIGGER nap 2 20
let rows = ebpf trace $id | first 1
let counted = ebpf counters $id
ebpf detach $id
let sockets = ebpf attach 'raw_tracepoint:inet_sock_set_state' {|ctx|
    let common = $ctx.args.sk.__sk_common
    if $ctx.args.newstate == 2 and $common.skc_dport == 28008 { {to: ($common.skc_daddr | cast 'struct in_addr')} | count }
}
^$env.TALKER talk 1 100
[($rows | update longer { bytes length | $in > 17 } | update limited { bytes length }) $counted (ebpf counters $sockets)]
