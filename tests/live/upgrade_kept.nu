# expect: [raw_tracepoint, [tracepoint, "--no-upgrade asks for it"], [tracepoint, "the closure reads a field of the event's record; raw_tracepoint has the event's arguments instead ($ctx.args), and misses no event"], raw_tracepoint, [tracepoint, "the kernel has no raw form of this event"], raw_tracepoint, [tracepoint, "there are more than 64 attach points"], [tracepoint, "its maps are shared with other probes (--pin)"], [interval, "there is nothing cheaper for it"]]
# Why a probe stays where it was written.
def why []: record -> list { $in.underneath | values }
let switch = 'tracepoint:sched/sched_switch'
[
    (ebpf attach --dry-run $switch {|ctx| $ctx.comm | count }).underneath.by
    (ebpf attach --dry-run --no-upgrade $switch {|ctx| $ctx.comm | count } | why)
    (ebpf attach --dry-run $switch {|ctx| $ctx.next_comm | count } | why)
    (ebpf attach --dry-run $switch {|ctx| $ctx.kstack | count }).underneath.by
    (ebpf attach --dry-run 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.comm | count } | why)
    (ebpf attach --dry-run [$switch 'tracepoint:sched/sched_wakeup'] {|ctx| $ctx.comm | count }).underneath.by
    (ebpf attach --dry-run --max-probes 10000 'tracepoint:syscalls/*' {|ctx| $ctx.comm | count } | why)
    (ebpf attach --dry-run --pin kept $switch {|ctx| $ctx.comm | count } | why)
    (ebpf attach --dry-run 'interval:1sec' {|ctx| count } | why)
]
