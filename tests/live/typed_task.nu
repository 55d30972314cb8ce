# kernels: it reads the kernel's structs
# expect: [[[comm, alike, parent, grandparent, mine, exe, none, count]; [trigger, true, true, true, 1, trigger, null, 40]], true]
# The thread as the kernel keeps it: strings, numbers, what addresses lead to, and null where there is none.
let shell = $nu.pid
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    let task = $ctx.task
    {
        comm: $task.comm
        alike: ($task.pid == $ctx.pid and $task.tgid == $ctx.tgid)
        parent: ($task.real_parent.tgid == $shell)
        grandparent: ($task.real_parent.real_parent.pid != $shell)
        mine: ($task.signal.nr_threads)
        exe: $task.mm.exe_file.f_path.dentry.d_name.name
        none: $task.there_is_no_such_member?
    } | count
}
^$env.TRIGGER getpid 40
[(ebpf counters $id) (ebpf list | get 0.errors | $in == 0)]
