# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [[[count]; [10]], 0, [[count]; [5]], 0]
# The probe goes with its last look, and with the stream of tables.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
^$env.TRIGGER getpid 10
let last = ebpf counters $id --detach
let left = ebpf list | length
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
^$env.TRIGGER getpid 5
let table = ebpf counters $id --as count --every 20ms --detach | first
for _ in 1..50 { if (ebpf list | is-not-empty) { sleep 100ms } }
[$last $left $table (ebpf list | length)]
