# kernels: values of threads lie in task storage, or in a hash
# expect: [[[key, count]; [true, 3]], [[stopped, ok]; [null, true], [true, true]]]
# What takes time is a key: started with one argument, stopped with the other. A timer that was stopped runs no longer.
let id = ebpf attach $"uprobe:($env.TRIGGER):trigger_add" {|ctx|
    let took = (stop-timer --as job --key $ctx.arg1)
    if $took != null { ($took > 0sec and $took < 10sec) | count }
    start-timer --as job --key $ctx.arg0
}
^$env.TRIGGER pairs 1 100 2 100 3 1 4 2 5 3 6 1
let twice = ebpf attach $"uprobe:($env.TRIGGER):trigger_add" {|ctx|
    if $ctx.arg0 == 1 { start-timer } else { let took = stop-timer; {stopped: (if $took == null { null } else { $took >= 0sec }), ok: true} | emit }
}
^$env.TRIGGER pairs 1 0 2 0 2 0
[(ebpf counters $id) (ebpf trace $twice | reverse)]
