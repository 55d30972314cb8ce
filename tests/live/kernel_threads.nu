# needs: speed
# expect: [17000, 0, 0]
# Built without task storage: a thread's values are deleted with it, so that more threads pass than the hash has room for.
let id = ebpf attach --kernel 5.10 --comm trigger 'tracepoint:syscalls/sys_exit_getpid' {|ctx| $ctx.elapsed | histogram }
^$env.TRIGGER spawn 17000
let counters = ebpf list | where id == $id | first
[(ebpf histogram $id | get count | math sum) $counters.full $counters.unmatched]
