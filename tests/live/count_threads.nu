# kernels: a program that is held up on a processor misses what comes there, on some kernels
# expect: [trigger, 200000]
# Two threads on two processors: no update is lost. What the kernel leaves out, it counts.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.comm | count }
^$env.TRIGGER threads 2 100000
let row = ebpf counters $id | first
[$row.key ($row.count + (ebpf list | get missed.0))]
