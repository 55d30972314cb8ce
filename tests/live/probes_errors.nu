# expect: [[probe, code, line]; ["tracepoint:syscalls/sys_enter_getpid", "2 // ($ctx.tid - $ctx.tid)", 2], ["tracepoint:syscalls/sys_enter_kill", "1 // ($ctx.uid - $ctx.uid)", 1]]
# A run-time error leads to the closure, and the program, that it is of.
ebpf attach --comm trigger {
    'tracepoint:syscalls/sys_enter_kill': {|ctx| 1 // ($ctx.uid - $ctx.uid) | emit }
    'tracepoint:syscalls/sys_enter_getpid': {|ctx|
        2 // ($ctx.tid - $ctx.tid) | emit }
}
^$env.TRIGGER kill0 1; ^$env.TRIGGER getpid 1
ebpf list --errors | select probe code line
