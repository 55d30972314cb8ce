# needs: kprobes
# expect: [[bytes, comm]; [1, trigger], [1, trigger], [1, trigger]]
let id = ebpf attach --comm trigger 'kprobe:vfs_read' {|ctx| if $ctx.arg2 == 1 { {bytes: $ctx.arg2, comm: $ctx.comm} | emit } }
^$env.TRIGGER read 3
ebpf trace $id
