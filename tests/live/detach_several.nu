# shell: its own
# expect: [[[id, tables]; [1, {count: [[count]; [20]]}], [3, {count: [[count]; [7]]}]], [2], [[id, tables]; [2, null]], [], []]
# Several at once, or all: a row a probe.
let target = 'tracepoint:syscalls/sys_enter_getpid'
let first = ebpf attach --comm trigger $target {|ctx| count }
let rows = ebpf attach $target {|ctx| $ctx.pid | emit }
^$env.TRIGGER getpid 13
let last = ebpf attach --comm trigger $target {|ctx| count }
^$env.TRIGGER getpid 7
let both = ebpf detach $first $last
[$both (ebpf list | get id) (ebpf detach --all) (ebpf detach --all) (ebpf list)]
