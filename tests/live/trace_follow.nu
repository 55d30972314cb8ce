# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [5, 1]
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.pid | emit }
job spawn { ^$env.TRIGGER later 300 5 }
let rows = ebpf trace --follow $id | first 5
# The probe stays.
[($rows | length) (ebpf list | length)]
