# expect: [[[key, sum]; [3, 5], [1, 1], [2, -10]], [[avg]; [-0.8]], [[count, sum, avg, min, max]; [5, -4, -0.8, -10, 7]]]
# Negative numbers, in sums, averages and extremes; the second has no key.
let id = ebpf attach --comm trigger $'uprobe:($env.TRIGGER):trigger_add' {|ctx|
    $ctx.arg0 | sum --by $ctx.arg1; $ctx.arg0 | avg; $ctx.arg0 | stats
}
^$env.TRIGGER pairs 7 1 -10 2 -6 1 4 3 1 3
[(ebpf counters $id --as sum) (ebpf counters $id --as avg) (ebpf counters $id --as stats)]
