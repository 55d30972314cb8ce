# expect: [[[call, count]; [sys_enter_getpid, 5], [sys_enter_kill, 3]], 4, []]
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_{kill,tkill,tgkill,getpid}' {|ctx| {call: $ctx.func} | count }
^$env.TRIGGER getpid 5; ^$env.TRIGGER kill0 3
let probe = ebpf list | get 0
[(ebpf counters $id) $probe.places $probe.skipped]
