# expect: [5, 5]
let id = ebpf attach --comm trigger 'tracepoint:raw_syscalls/sys_enter' {|ctx|
    if $ctx.id != 39 { return }
    $ctx.id | emit
    count
}
^$env.TRIGGER getpid 5
[(ebpf trace $id | length) (ebpf counters $id | get count.0)]
