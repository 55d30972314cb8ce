# needs: kprobes
# expect: [true, 1, 4]
# `kprobe:sys_read` sees the call's own arguments: descriptor, buffer, count.
let id = ebpf attach --comm trigger 'kprobe:sys_read' {|ctx| if $ctx.arg2 == 1 { {fd: $ctx.arg0, count: $ctx.arg2} | emit } }
^$env.TRIGGER read 4
let rows = ebpf trace $id
[($rows.0.fd in 3..9) $rows.0.count ($rows | length)]
