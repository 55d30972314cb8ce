# expect: [[[key, count]; [sys_enter_getpid, 5], [sys_enter_kill, 3]], [[value, count]; [kill, 3], ["tracepoint:syscalls/sys_enter_getpid", 5]]]
let id = ebpf attach --comm trigger {
    'tracepoint:syscalls/sys_enter_kill': {|ctx| $ctx.func | count; 'kill' | emit }
    'tracepoint:syscalls/sys_enter_getpid': {|ctx| $ctx.func | count; $ctx.probe | emit }
}
^$env.TRIGGER getpid 5; ^$env.TRIGGER kill0 3
[(ebpf counters $id) (ebpf trace $id | uniq --count | sort-by value)]
