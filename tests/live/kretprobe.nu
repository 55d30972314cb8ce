# needs: kprobes
# expect: [[key, count]; [1, 250]]
let id = ebpf attach --comm trigger 'kretprobe:vfs_read' {|ctx| if $ctx.retval == 1 { $ctx.retval | count } }
^$env.TRIGGER read 250
ebpf counters $id
