# expect: [[[sum]; [6ns]], [[avg]; [2ns]], [[count, sum, avg, min, max]; [3, 6b, 2b, -1b, 5b]], [[low, high, count, bar]; [-1ns, 0ns, 1, --------------------], [0ns, 1ns, 0, ""], [1ns, 2ns, 0, ""], [2ns, 4ns, 1, --------------------], [4ns, 8ns, 1, --------------------]]]
# What was added keeps its type.
let id = ebpf attach --comm trigger $'uprobe:($env.TRIGGER):trigger_add' {|ctx|
    let took = $ctx.arg0 | into duration
    $took | sum; $took | avg; $took | histogram; $ctx.arg0 | into filesize | stats
}
^$env.TRIGGER pairs 5 0 2 0 -1 0
[(ebpf counters $id --as sum) (ebpf counters $id --as avg) (ebpf counters $id --as stats) (ebpf histogram $id)]
