# expect: [[[k, who, low, high, count, bar]; [1, trigger, -3, -2, 1, ----------], [1, trigger, 40, 48, 2, --------------------], [2, trigger, 7, 8, 1, --------------------]], [[low, high, count, bar]; [null, 0, 1, ----------], [0, 10, 1, ----------], [10, 20, 0, ""], [20, null, 2, --------------------]]]
# By a record, with finer buckets; and buckets of one width.
let id = ebpf attach --comm trigger $'uprobe:($env.TRIGGER):trigger_add' {|ctx|
    $ctx.arg0 | hist --by {k: $ctx.arg1, who: $ctx.comm} --steps 2
    $ctx.arg0 | hist --linear 0..10..20 --as line
}
^$env.TRIGGER pairs 40 1 -3 1 47 1 7 2
[(ebpf histogram $id --as hist) (ebpf histogram $id --as line)]
