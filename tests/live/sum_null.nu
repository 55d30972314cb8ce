# expect: [[key, sum]; [1, 12]]
# Null adds nothing, not even a key.
let id = ebpf attach --comm trigger $'uprobe:($env.TRIGGER):trigger_add' {|ctx|
    let some = if $ctx.arg0 > 4 { $ctx.arg0 }
    $some | sum --by $ctx.arg1
}
^$env.TRIGGER pairs 5 1 2 2 7 1 4 1
ebpf counters $id
