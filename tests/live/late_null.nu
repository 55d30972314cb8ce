# kernels: a string that is not in memory is read when the call returns
# expect: [[null, null, null], 3, 0]
# There is no string at a null address: that is no fault, and nothing is waited for.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.mode == 81 { $ctx.filename | read-str | emit }
}
^$env.TRIGGER nopath 3
let stats = ebpf list | first
[(ebpf trace $id) $stats.events $stats.faults]
