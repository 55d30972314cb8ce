# needs: speed
# expect: [40, true]
# Processes that live for half a millisecond are looked at in time, nearly always.
let id = ebpf attach --comm 'true' 'tracepoint:syscalls/sys_enter_openat' {|ctx| {tgid: $ctx.tgid, stack: $ctx.ustack} | emit }
for _ in 1..40 { ^true }
let rows = ebpf trace $id | group-by tgid | values | each { first }
[($rows | length) (($rows | where {|row| $row.stack.module?.0? != null } | length) > 20)]
