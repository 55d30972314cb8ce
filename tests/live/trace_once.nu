# expect: [7, 0, 3]
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.pid | emit }
^$env.TRIGGER getpid 7
let first = ebpf trace $id | length
let second = ebpf trace $id | length
^$env.TRIGGER getpid 3
[$first $second (ebpf trace $id | length)]
