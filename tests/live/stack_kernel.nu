# expect: [[comm, count, syscall, module]; [trigger, 9, true, kernel]]
let id = ebpf attach --comm trigger 'tracepoint:raw_syscalls/sys_enter' {|ctx|
    if $ctx.id == 39 { {comm: $ctx.comm, stack: $ctx.kstack} | count }
}
^$env.TRIGGER getpid 9
ebpf counters $id | each {|row|
    let call = $row.stack | where function in [do_syscall_64 el0_svc_common] | first
    {comm: $row.comm, count: $row.count, syscall: ($call.offset > 0), module: $call.module}
}
