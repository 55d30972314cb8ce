# needs: speed
# expect: [32768, true, true, true]
# More different stacks than the kernel's table has places: those that were not kept are one row, and counted.
let id = ebpf attach --max-entries 40000 --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.ustack | count }
^$env.TRIGGER tree 15
let rows = ebpf counters $id
let lost = $rows | where key == null | get 0.count
[($rows.count | math sum) ($lost > 16384) ($lost == (ebpf list | where id == $id | get 0.collisions)) (($rows | length) == 32769 - $lost)]
