# kernels: the kernel takes the stack
# expect: [[[first, now, arm, other, empty, default]; [true, kept, 2, false, false, true], [false, kept, 2, false, false, true]], [[nothing, member, empty, n, arm]; [false, false, false, 1, record], [true, true, true, null, none]], [true, false], 0]
# A stack that a map keeps is a table: not null, not empty, equal to no other kind of value; also in a record.
# It is the process's stack, as Linux 6.1 has no kernel stack at the tracepoints of system calls.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    let before = $ctx.tid | map-get stacks
    $ctx.ustack | map-put stacks $ctx.tid
    let now = $ctx.tid | map-get stacks
    {
        first: ($before == null)
        now: (if $now != null { "kept" } else { "lost" })
        arm: (match $now { null => 1, _ => 2 })
        other: (null in [$now 5] or $now == 7)
        empty: ($now | is-empty)
        default: (($now | default 4) != 4)
    } | emit
}
^$env.TRIGGER getpid 2
let stacks = ebpf trace $id
let other = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    {s: $ctx.ustack, n: 1} | map-put records $ctx.tid
    for key in [$ctx.tid -1] {
        let r = $key | map-get records
        {nothing: ($r == null), member: ($r.s? == null), empty: ($r.s? | is-empty), n: $r.n?, arm: (match $r { null => "none", {n: 1} => "record", _ => "other" })} | emit
    }
}
^$env.TRIGGER getpid 1
let records = ebpf trace $other
let users = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    $ctx.ustack | map-put users $ctx.tid
    for key in [-1 $ctx.tid] { $key | map-get users | is-empty | emit }
}
^$env.TRIGGER getpid 1
[$stacks $records (ebpf trace $users) (ebpf list | get errors | math sum)]
