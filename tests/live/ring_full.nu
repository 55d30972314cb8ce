# kernels: it puts text together with a helper
# expect: [2000, true, true]
# Nobody reads: the ring fills, and every row is either there or counted as dropped.
let id = ebpf attach --ring-buffer 4KiB --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.comm | emit }
^$env.TRIGGER getpid 2000
let stats = ebpf list | first
[($stats.events + $stats.dropped) ($stats.dropped > 0) ((ebpf trace $id | length) == $stats.events)]
