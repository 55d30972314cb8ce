# expect: [[call, who, fixed, count]; [39, {comm: trigger, root: true}, x, 10], [62, {comm: trigger, root: true}, x, 7]]
let id = ebpf attach --comm trigger 'tracepoint:raw_syscalls/sys_enter' {|ctx|
    if $ctx.id == 39 or $ctx.id == 62 { {call: $ctx.id, who: {comm: $ctx.comm, root: ($ctx.uid == 0)}, fixed: x} | count }
}
^$env.TRIGGER getpid 10; ^$env.TRIGGER kill0 7
ebpf counters $id
