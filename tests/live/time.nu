# expect: [10, true, true, true, true, datetime, duration]
# The time of day and the time since boot are those that Nushell's own commands tell.
let begin = date now
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    {time: $ctx.time, uptime: $ctx.uptime, again: ($ctx.time == $ctx.time)} | emit
}
^$env.TRIGGER getpid 10
let end = date now
let uptime = sys host | get uptime
let rows = ebpf trace $id
[
    ($rows | length)
    ($rows | all {|row| $row.time > $begin - 1sec and $row.time < $end + 1sec and $row.again })
    ($rows | all {|row| $row.uptime <= $uptime + 1sec and $row.uptime > $uptime - 5min })
    (($rows | get time) == ($rows | get time | sort))
    (($rows | first | get time | format date %z) == ($begin | format date %z))
    ($rows | first | get time | describe)
    ($rows | first | get uptime | describe)
]
