# expect: [[[name, pid]; [null, true]], 1, 0]
# An address at which nothing is: null, and a fault.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.mode == 81 { {name: ($ctx.filename | read-str), pid: ($ctx.pid > 0)} | emit }
}
^$env.TRIGGER badptr
let stats = ebpf list | first
[(ebpf trace $id) $stats.faults $stats.truncated]
