# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [true, "ebpf::target::symbol"]
# Of libc's functions some are chosen when a program is started (strcpy): a pattern leaves them alone.
let id = ebpf attach 'uprobe:libc:strc*' {|ctx| {at: $ctx.func} | count }
let places = ebpf list | where id == $id | get 0.places
ebpf detach $id | ignore
[($places > 0) (try { ebpf attach 'uprobe:libc:strcpy' {|ctx| count } } catch {|error| $error.details.code })]
