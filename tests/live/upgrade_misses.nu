# not: vm-7.2 (there, a program misses only events of its own)
# kernels: it is attached at another kind of probe where the kernel can
# expect: [5, 5, true, true]
# A string that cannot be read is a page fault within a program: an event while another program runs on that processor. A
# tracepoint misses it; its raw form, which is attached for it where that gives the same, sees what one written so sees.
let faults = 'tracepoint:exceptions/page_fault_kernel'
let kept = ebpf attach --no-upgrade --comm trigger $faults {|ctx| $ctx.kstack | count }
let upgraded = ebpf attach --comm trigger $faults {|ctx| $ctx.kstack | count }
let raw = ebpf attach --comm trigger 'raw_tracepoint:page_fault_kernel' {|ctx| count }
let reader = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.mode == 81 { {name: ($ctx.filename | read-str)} | emit }
}
for _ in 1..5 { ^$env.TRIGGER badptr }
let list = ebpf list
let seen = [$kept $upgraded] | each {|id| ebpf counters $id | get count | math sum }
let all = ebpf counters $raw | get 0.count
[
    ($list | where id == $reader | get 0.faults) (ebpf trace $reader | length)
    ($seen.1 - $seen.0 >= 5) ($seen.1 == $all)
]
