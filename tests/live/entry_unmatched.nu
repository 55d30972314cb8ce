# lanes: host vm-6.1 vm-6.12
# expect: [0, 1, 1]
# A call that was under way when the probe was attached is skipped and counted; the next is not.
let job = job spawn { ^sleep 2; ^sleep 0.1 }
sleep 300ms
let id = ebpf attach --comm sleep 'tracepoint:syscalls/sys_exit_clock_nanosleep' {|ctx|
    $ctx.elapsed | stats --by ($ctx.elapsed >= 100ms)
}
sleep 1sec
let before = ebpf counters $id | length
mut left = 100
while ((ebpf counters $id | is-empty) and $left > 0) { sleep 100ms; $left -= 1 }
[$before (ebpf list | get unmatched.0) (ebpf counters $id | where key == true | get count.0)]
