# expect: [[[slept, same, count]; [250000000ns, true, 1]], [[made, count]; [true, 5]]]
# A time of seconds and their parts is a duration; as an int it becomes a datetime as in the shell.
let naps = ebpf attach --comm sleep 'tracepoint:syscalls/sys_enter_clock_nanosleep' {|ctx|
    let time = $ctx.rqtp | cast 'struct __kernel_timespec'
    if $time == 250ms { {slept: $time, same: ($time.tv_sec == 0 and $time.tv_nsec == 250_000_000)} | count }
}
^sleep 0.25
let napped = ebpf counters $naps | update count 1
ebpf detach $naps
let moment = 2023-11-14T22:13:20+00:00
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    {made: (1_700_000_000_000_000_000 + $ctx.cpu * 0 | into datetime)} | count
}
^$env.TRIGGER getpid 5
[$napped (ebpf counters $id | update made { $in == $moment })]
