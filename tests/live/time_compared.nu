# expect: [0, 5, [true, true, true], 2026-05-01T12:00:00+05:30]
# Datetimes are compared and computed with in the kernel; a constant one keeps its zone.
let past = date now | $in - 1hr
let future = date now | $in + 1hr
let zoned = 2026-05-01T12:00:00+05:30
let late = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| if $ctx.time > $future { count } }
let rows = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    if $ctx.time > $past and $ctx.time < $future {
        let later = $ctx.time + 1min
        let whole = $future - $past
        {whole: $whole, later: ($later - $ctx.time), since: ($ctx.time - $past), zoned: $zoned} | emit
    }
}
^$env.TRIGGER getpid 5
let row = ebpf trace $rows
let first = $row | first
[
    (ebpf counters $late | get count.0)
    ($row | length)
    [($first.whole > 119min and $first.whole < 121min) ($first.later == 1min) ($first.since > 59min and $first.since < 70min)]
    $first.zoned
]
