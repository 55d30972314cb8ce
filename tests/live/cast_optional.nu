# expect: [null, null, null, 7, 7]
# With a `?`, a cast of a null address is null, and the event goes on.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    let null = $ctx.task.pid - $ctx.task.pid
    [($null | cast 'u64?') ($null | cast 'struct task_struct?').pid ($null | cast 'struct task_struct?').real_parent.pid
        (if ($ctx.task | cast 'struct task_struct?').pid == $ctx.tid { 7 }) (if ($ctx.task | cast 'u64?') != null { 7 })] | emit
}
^$env.TRIGGER getpid 1
ebpf trace $id | first
