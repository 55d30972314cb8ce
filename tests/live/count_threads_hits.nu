# kernels: atomic instructions
# expect: 200000
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
^$env.TRIGGER threads 2 100000
(ebpf counters $id | get count.0) + (ebpf list | get missed.0)
