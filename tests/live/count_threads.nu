# expect: [[key, count]; [trigger, 200000]]
# Two threads on two processors: no update is lost.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.comm | count }
^$env.TRIGGER threads 2 100000
ebpf counters $id
