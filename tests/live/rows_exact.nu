# expect: [50, 50]
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| {comm: $ctx.comm} | emit }
^$env.TRIGGER getpid 50
let rows = ebpf trace $id
[($rows | length) ($rows | where comm == "trigger" | length)]
