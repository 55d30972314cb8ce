# lanes: host vm-6.1 vm-6.12
# expect: [[[flags, plain, same, number, count]; ["WQ_HIGHPRI|WQ_CPU_INTENSIVE|WQ_SYSFS|__WQ_DRAINING|0x204000", "WQ_UNBOUND|WQ_FREEZABLE", true, 2179184, 1]], true]
# A number of an enum of flags has the names of its bits. The number is a text of three letters.
let id = ebpf attach --comm talker 'tracepoint:syscalls/sys_enter_execve' {|ctx|
    let flags = $ctx.filename | cast 'enum wq_flags'
    let same = $flags == "WQ_HIGHPRI|WQ_CPU_INTENSIVE|WQ_SYSFS|__WQ_DRAINING|0x204000"
    {flags: $flags, plain: ($ctx.cpu * 0 + 6 | cast 'enum wq_flags'), same: $same, number: ($flags + 0)} | count
}
^$env.TALKER exec p@! | complete | ignore
[(ebpf counters $id | where same) (ebpf list | get 0.errors | $in == 0)]
