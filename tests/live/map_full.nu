# kernels: values of threads lie in task storage, or in a hash
# expect: [2, 100]
# Every key is new; what found no room is counted too.
let id = ebpf attach --max-entries 2 --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.ktime | count }
^$env.TRIGGER getpid 100
let counts = ebpf counters $id
[($counts | length) (($counts | get count | math sum) + (ebpf list | get full.0))]
