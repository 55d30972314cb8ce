# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [true, "ebpf::target::symbol"]
# An implementation that the loader takes from the vDSO (time) is in no file: its name is refused, and a pattern leaves it out.
let id = ebpf attach 'uprobe:libc:{strcp*,tim*}' {|ctx| {at: $ctx.func} | count }
let places = ebpf list | where id == $id | get 0.places
ebpf detach $id | ignore
[($places > 0) (try { ebpf attach 'uprobe:libc:time' {|ctx| count } } catch {|error| $error.details.code })]
