# kernels: the kernel takes the stack
# expect: [[[probe, rows, count, own]; [raw_tracepoint, 1, 6, 0], [tracepoint, 1, 6, 0]], []]
# A program that the kernel calls from within an event is no part of the event's stack, and neither are its callers. Both
# are attached at once, so that the kernel has several to call.
let own = '^(bpf_|__bpf_|__traceiter_)'
let raw = ebpf attach --no-upgrade --comm trigger 'raw_tracepoint:sys_enter' {|ctx|
    if $ctx.args.id == 39 { $ctx.kstack | count }
}
let traced = ebpf attach --no-upgrade --comm trigger 'tracepoint:raw_syscalls/sys_enter' {|ctx|
    if $ctx.id == 39 { $ctx.kstack | count }
}
^$env.TRIGGER getpid 3
^$env.TRIGGER getpid 3
let rows = [[probe id]; [raw_tracepoint $raw] [tracepoint $traced]] | each {|one|
    let table = ebpf counters $one.id
    let frames = $table | get key | flatten
    if ($frames | is-empty) { error make {msg: $'a stack of ($one.probe) has no frames'} }
    {
        probe: $one.probe, rows: ($table | length), count: ($table | get count | math sum)
        own: ($frames | where function =~ $own | length)
    }
}
[$rows (ebpf stacks $raw --folded | where $it =~ 'bpf_|__traceiter_')]
