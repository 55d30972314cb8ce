# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [5, true]
# Detaching ends those who follow, after the last row.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.pid | emit }
^$env.TRIGGER getpid 5
job spawn { sleep 300ms; ebpf detach $id }
let rows = ebpf trace --follow $id | length
[$rows (ebpf list | is-empty)]
