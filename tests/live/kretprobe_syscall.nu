# lanes: vm-6.1 vm-6.12
# expect: [[key, count]; [1, 9]]
let id = ebpf attach --comm trigger 'kretprobe:sys_read' {|ctx| if $ctx.retval == 1 { $ctx.retval | count } }
^$env.TRIGGER read 9
ebpf counters $id
