# kernels: it is attached at another kind of probe where the kernel can
# expect: [["raw_tracepoint, tracepoint", tracepoint, "raw_tracepoint, tracepoint"], true, [[probe, count]; ["tracepoint:raw_syscalls/sys_enter", true], ["tracepoint:raw_syscalls/sys_exit", true], ["tracepoint:syscalls/sys_enter_getpid", true]], "it gives the same results and costs less; where it stays as it was written, the kernel has no raw form of this event"]
# Of several attach points, those that have a raw form are attached there, and are called what was written.
let places = ['tracepoint:raw_syscalls/sys_enter' 'tracepoint:syscalls/sys_enter_getpid' 'tracepoint:raw_syscalls/sys_exit']
let closure = {|ctx| {probe: $ctx.probe, func: $ctx.func} | count }
let raw = ebpf attach --comm trigger $places $closure
let classic = ebpf attach --no-upgrade --comm trigger $places $closure
let record = ebpf attach --comm trigger {
    'tracepoint:raw_syscalls/sys_enter': {|ctx| $ctx.id | count }
    'tracepoint:raw_syscalls/sys_exit': {|ctx| $ctx.comm | count --as other }
}
^$env.TRIGGER getpid 1000
let rows = [$raw $classic] | each {|id| ebpf counters $id | sort-by probe }
[
    (ebpf list | get underneath) ($rows.0 == $rows.1)
    ($rows.0 | each {|row| {probe: $row.probe, count: ($row.count >= 1000)} })
    (ebpf attach --dry-run $places $closure | get underneath.why)
]
