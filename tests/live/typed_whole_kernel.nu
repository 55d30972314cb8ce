# kernels: it reads the kernel's structs
# expect: [true, true, true, true, true, true]
# Structs of the kernel as whole values: more members than the stack has room for, unions, bit-fields, structs inside.
let id = ebpf attach --comm trigger 'raw_tracepoint:sys_enter' {|ctx|
    if $ctx.args.id == 39 {
        let signal = $ctx.task.signal | cast 'struct signal_struct'
        {
            se: $ctx.task.se
            vruntime: $ctx.task.se.vruntime
            cred: ($ctx.task.cred | cast 'struct cred')
            signal: $signal
            threads: $signal.nr_threads
            members: ($ctx.task.se | columns)
        } | emit
    }
}
^$env.TRIGGER getpid 1
let row = ebpf trace $id | first
[
    ($row.se.vruntime == $row.vruntime)
    ($row.se.avg.load_avg >= 0)
    (($row.cred | get uid.val) == 0 and $row.cred.usage? != null)
    ($row.signal.nr_threads == $row.threads and ($row.signal.rlim | length) == 16)
    (($row.se | columns) == $row.members)
    (try { ebpf attach 'raw_tracepoint:sys_enter' {|ctx| $ctx.task | cast 'struct task_struct' | emit } } catch {|e| $e.msg has 'struct task_struct' })
]
