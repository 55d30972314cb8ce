# kernels: a string that is not in memory is read when the call returns
# expect: [20, 20, 11, 20, 20, [[a]; [0]], {b: "/cold/0"}, 0]
# Where the kernel itself needs the string: in conditions, keys and state. What comes before is done once.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.mode == 81 {
        count --as before
        {a: 0} | emit
        let file = $ctx.filename | read-str
        $file | count --as keyed
        if $file =~ '^/cold/1' { count --as matched }
        $ctx.dfd | map-put last $file
        {b: $file} | emit
    }
}
^$env.TRIGGER colds 20
let rows = ebpf trace $id
let keyed = ebpf counters $id --as keyed
[
    (ebpf counters $id --as before | get 0.count) ($keyed.count | math sum) (ebpf counters $id --as matched | get 0.count)
    ($keyed | length) ($rows | where b? != null | length) ($rows | take 1) ($rows | get 1) (ebpf list | get 0.faults)
]
