# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [20, true]
# A field has one value an event, the clock too: kept, emitted and compared.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    let first = $ctx.ktime
    {a: $ctx.ktime, b: $ctx.ktime, c: $first, same: ($first == $ctx.ktime)} | emit
}
^$env.TRIGGER getpid 20
let rows = ebpf trace $id
[($rows | length) ($rows | all {|row| $row.same and $row.a == $row.b and $row.b == $row.c })]
