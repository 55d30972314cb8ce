# needs: no-kprobes
# expect: [[[probe, kind, name, module]; ["tracepoint:sched/sched_switch", tracepoint, sched_switch, sched]], [sys_enter_kill, sys_enter_tkill], true, true, true, 0]
# By its name, by braces, by a word; in the order of kinds and names; ftrace's own cannot be attached to.
let all = ebpf probes
let order = $all.kind | uniq
let tracepoints = $all | where kind == tracepoint | get name
[
    (ebpf probes 'tracepoint:sched/sched_switch')
    (ebpf probes 'tp:syscalls/sys_enter_{tkill,kill}' | get name)
    ('tracepoint:sched/sched_process_fork' in (ebpf probes process_fork).probe)
    ($order == ([tracepoint kprobe kretprobe fentry fexit raw_tracepoint lsm ksyscall kretsyscall software hardware iter] | where $it in $order))
    ($tracepoints == ($tracepoints | sort))
    ($all | where module == ftrace | length)
]
