# kernels: the kernel takes the stack
# expect: [[count, known, names]; [7, true, [bare_getpid, trigger_c, trigger_b, trigger_a, main]], [3, true, [bare_getpid, trigger_c, trigger_z, main]]]
# The process has ended when its stacks are read.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.ustack | count }
^$env.TRIGGER stack 7 3
ebpf stacks $id | each {|row|
    let frames = $row.key | take until {|frame| $frame.function == "__libc_start_call_main" or $frame.module != $env.TRIGGER }
    let known = $frames | all {|frame| $frame.source =~ 'tests/trigger.c:\d+$' and $frame.address > 0 }
    {count: $row.count, known: $known, names: $frames.function}
}
