# expect: [[[done, count]; [null, 5]], 0, 5, [[error, code]; [bad_address, "$ctx.task.vfork_done.done"]]]
# What is behind a null address: null with a `?`, an error without.
let null = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| {done: $ctx.task.vfork_done.done?} | count }
^$env.TRIGGER getpid 5
let counted = ebpf counters $null
ebpf detach $null
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.task.vfork_done.done | count }
^$env.TRIGGER getpid 5
[$counted (ebpf counters $id | length) (ebpf list | get 0.errors) (ebpf list --errors | uniq-by error code | select error code)]
