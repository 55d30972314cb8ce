# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [true, [1, 2]]
# Where one of the ids is unknown, none is taken off; ids are not given twice.
let ids = 1..2 | each { ebpf attach 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count } }
let refused = try { ebpf detach 1 9 2; false } catch {|error| $error.msg | str contains "no probe has the id 9" }
[$refused (ebpf list | get id)]
