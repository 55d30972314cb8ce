# expect: [[[either, looped, called, given, chosen, caught, put, count]; [trigger, true, true, trigger, found, -7, trigger, 20]], 0]
# What the language does with values of the kernel's types: branches, loops, commands, closures, `match`, `try`, maps.
def parent [task] { $task.real_parent.tgid }
let shell = $nu.pid
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    let other = ($ctx.task | cast 'struct task_struct').group_leader
    let either = if $ctx.pid > 1 { $other } else { $ctx.task.group_leader }
    mut sum = 0
    for i in 1..5 { $sum += $ctx.task.real_parent.tgid }
    $ctx.task | map-put task $ctx.pid
    {
        either: $either.comm
        looped: ($sum == 5 * $shell)
        called: ((parent $ctx.task) == $shell)
        given: (do {|task| $task.comm } $ctx.task)
        chosen: (match $ctx.task.comm { "trigger" => "found", _ => "other" })
        caught: (try { $ctx.task.vfork_done.done } catch { -7 })
        put: (($ctx.pid | map-get task | cast 'struct task_struct').comm)
    } | count
}
^$env.TRIGGER getpid 20
[(ebpf counters $id) (ebpf list | get 0.errors)]
