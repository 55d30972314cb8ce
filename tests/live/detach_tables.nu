# expect: [{count: [[key, count]; [trigger, 20]], lengths: [[low, high, count, bar]; [4, 8, 20, --------------------]]}, null]
# Nothing that was counted is lost: the end returns the tables.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.comm | count; $ctx.comm | str length | hist --as lengths }
let rows = ebpf attach 'tracepoint:syscalls/sys_enter_kill' {|ctx| $ctx.pid | emit }
^$env.TRIGGER getpid 20
[(ebpf detach $id) (ebpf detach $rows)]
