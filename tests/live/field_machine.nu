# expect: [100, true, true, true, true]
# Random numbers: one an event, of 32 bits, each another; and the memory node that the processor is in.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    {random: $ctx.random, again: $ctx.random, cpu: $ctx.cpu, node: $ctx.numa_node} | emit
}
^$env.TRIGGER getpid 100
let rows = ebpf trace $id
let nodes = glob /sys/devices/system/node/node*/cpu*
let node = {|row| let of = $nodes | where $it ends-with $"/cpu($row.cpu)"; $of == [] or $of.0 =~ $"/node($row.node)/" }
[
    ($rows | length)
    ($rows | all {|row| $row.random == $row.again and $row.random in 0..0xffffffff })
    (($rows | get random | uniq | length) > 95)
    (($rows | get random | math max) > 0x80000000)
    ($rows | all $node)
]
