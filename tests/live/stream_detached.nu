# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [3, 0]
# Detaching from elsewhere ends the stream, with all rows that there were.
job spawn { ^$env.TRIGGER later 700 3; sleep 500ms; ebpf detach 1 }
let rows = ebpf attach --stream --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.pid | emit } | length
[$rows (ebpf list | length)]
