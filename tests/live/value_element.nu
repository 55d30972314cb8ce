# expect: [[[limit, letters, none, item, count]; [true, true, null, 80, 3]], [access_beyond_end, 3]]
# Elements whose number is known at run time only, of an array of the kernel's and of a list.
let files = ^prlimit --pid $nu.pid --nofile -o SOFT --noheadings | str trim | into int
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    let i = $ctx.cpu * 0 + 7
    let limits = $ctx.task.signal.rlim
    {
        limit: (($limits | get $i).rlim_cur == $files)
        letters: ($ctx.task.comm == "trigger")
        none: ($limits | get --optional ($i + 9)).rlim_cur
        item: ([10 20 30 40 50 60 70 80] | get $i)
    } | count
}
let beyond = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    $ctx.task.signal.rlim | get ($ctx.cpu * 0 + 16) | get rlim_cur | count
}
^$env.TRIGGER getpid 3
[(ebpf counters $id) [access_beyond_end (ebpf list | where id == $beyond | get 0.errors)]]
