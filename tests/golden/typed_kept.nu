ebpf attach --emit-c 'raw_tracepoint:sched_switch' {|ctx|
    mut task = $ctx.args.arg2
    for _ in 1..3 { if $task.tgid > 1 { $task = $task.real_parent } }
    let ends = if $task.pid > 1 { {from: $ctx.args.arg1, to: $task} } else { {from: $task, to: $ctx.args.arg1} }
    {top: $task.tgid, from: $ends.from.comm, all: ([$ends.from $ends.to] | each {|one| $one.pid })} | emit
}
