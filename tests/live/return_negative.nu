# expect: [-2, true]
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_exit_openat' {|ctx| if $ctx.ret < 0 { {ret: $ctx.ret, less: ($ctx.ret <= -2)} | emit } }
^$env.TRIGGER open 1 /no/such/file
ebpf trace $id | last | values
