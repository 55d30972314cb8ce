# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [5, 0]
# The trigger fires exactly as often as is read: no later event tells the plugin that its reader has gone.
job spawn { ^$env.TRIGGER later 1500 5 }
let rows = ebpf attach --stream --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.pid | emit } | first 5
for _ in 1..10 { if (ebpf list | is-not-empty) { sleep 100ms } }
[($rows | length) (ebpf list | length)]
