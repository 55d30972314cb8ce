# kernels: it reads the kernel's structs
# expect: [[[arg, r, ok, count]; [1, 101, true, 1], [2, 102, true, 1], [3, 4, true, 1]], [[arg, count]; [1, 1], [2, 1], [3, 1], [4, 1]], 55, [[key, count]; [true, 5]]]
# Built without task storage: values of the entry, of nested calls too, timers, and the thread's own struct.
let add = ebpf attach --kernel 5.10 --comm trigger $"uretprobe:($env.TRIGGER):trigger_add" {|ctx|
    {arg: $ctx.entry.arg0, r: $ctx.retval, ok: ($ctx.elapsed > 0sec)} | count
}
let nest = ebpf attach --kernel 5.10 --comm trigger $"uretprobe:($env.TRIGGER):trigger_nest" {|ctx| {arg: $ctx.entry.arg0} | count }
let timer = ebpf attach --kernel 5.10 --comm trigger {
    'tracepoint:syscalls/sys_enter_getpid': {|ctx| start-timer },
    'tracepoint:syscalls/sys_exit_getpid': {|ctx| stop-timer | histogram }
}
^$env.TRIGGER pairs 1 100 2 100 3 1
^$env.TRIGGER nest 4
^$env.TRIGGER getpid 50
let task = ebpf attach --kernel 5.10 --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| ($ctx.task.real_parent.tgid > 0) | count }
^$env.TRIGGER getpid 5
let in_order = {|table| $table | sort-by arg }
[(do $in_order (ebpf counters $add)) (do $in_order (ebpf counters $nest)) (ebpf histogram $timer | get count | math sum) (ebpf counters $task)]
