# expect: [6, 12345]
let id = ebpf attach --comm trigger 'uprobe:libc:malloc' {|ctx| if $ctx.arg0 == 12345 { $ctx.arg0 | emit } }
^$env.TRIGGER malloc 6 12345
let rows = ebpf trace $id
[($rows | length) $rows.0]
