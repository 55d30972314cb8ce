# expect: [[key, count]; [trigger, 77]]
let id = ebpf attach 'tracepoint:syscalls/sys_enter_kill' {|ctx| $ctx.comm | count }
^$env.TRIGGER kill0 77
ebpf counters $id | where key == "trigger"
