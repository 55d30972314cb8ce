# expect: [sys_enter_getpid, sys_exit_getpid]
# What is listed can be attached to.
let id = ebpf probes 'tracepoint:syscalls/sys_{enter,exit}_getpid' | get probe | ebpf attach --comm trigger $in {|ctx| $ctx.func | emit }
^$env.TRIGGER getpid 1
ebpf trace $id
