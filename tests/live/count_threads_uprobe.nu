# needs: speed
# expect: [[key, count]; [trigger, 20000]]
# A uprobe can be preempted in the middle of an add: eight threads on two processors.
let id = ebpf attach --comm trigger 'uprobe:libc:syscall' {|ctx| if $ctx.arg0 == 39 { $ctx.comm | count } }
^$env.TRIGGER threads 8 2500
ebpf counters $id
