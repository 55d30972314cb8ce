# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [[1, 2], 4, 6, [2]]
let one = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
let two = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_kill' {|ctx| count }
^$env.TRIGGER getpid 4; ^$env.TRIGGER kill0 6
let ids = ebpf list | get id
let counts = [(ebpf counters $one).count.0 (ebpf counters $two).count.0]
ebpf detach $one
[$ids $counts.0 $counts.1 (ebpf list | get id)]
