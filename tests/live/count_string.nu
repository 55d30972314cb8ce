# expect: [[key, count]; [/dev/null, 8], [/dev/zero, 5]]
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.mode == 81 { $ctx.filename | read-str --len 32 | count }
}
^$env.TRIGGER open 5 /dev/zero; ^$env.TRIGGER open 8 /dev/null
ebpf counters $id
