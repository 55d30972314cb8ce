# kernels: values of threads lie in task storage, or in a hash
# expect: [[getpid, took, none]; [5, 5, 1]]
# A timer of the thread: from one call to the next; what was not started is null, and adds nothing.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    let took = stop-timer
    if $took == null { 1 | sum --as none } else { $took | histogram }
    start-timer
    count --as getpid
}
^$env.TRIGGER getpid 5
[{getpid: (ebpf counters $id --as getpid).0.count, took: ((ebpf histogram $id | get count | math sum) + 1), none: (ebpf counters $id --as none).0.sum}]
