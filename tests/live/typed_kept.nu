# expect: [[steps, names, same, count]; [1, [trigger, nu], true, 3]]
# What an address leads to is known as well where it is kept: in a `mut`, a record, a list.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    mut task = $ctx.task
    mut steps = 0
    while $task.comm != 'nu' and $steps < 10 {
        $task = $task.real_parent
        $steps += 1
    }
    let both = {own: $ctx.task, up: $task}
    let names = [$both.own $task] | each {|one| $one.comm }
    {steps: $steps, names: $names, same: ($both.up.tgid == $ctx.ppid)} | count
}
^$env.TRIGGER getpid 3
ebpf detach $id | get count
