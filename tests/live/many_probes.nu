# expect: [64, [3], 64, true, 0]
# Sixty-four at once; an id is never given twice, not even when all are gone, or where an attach has failed.
let ids = 1..64 | each { ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count } }
^$env.TRIGGER getpid 3
let counts = $ids | each {|id| ebpf counters $id | get 0.count } | uniq
ebpf detach --all | ignore
try { ebpf attach $"uprobe:($env.TRIGGER):nowhere" {|ctx| count } }
let more = 1..3 | each { let id = ebpf attach 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }; ebpf detach $id; $id }
[($ids | length) $counts ($ids | uniq | length) (($more | math min) > ($ids | math max)) (ebpf list | length)]
