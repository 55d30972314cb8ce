# kernels: it puts text together with a helper
# expect: [[key, count]; ["a=1 <even>", 6], ["a=2 <odd>", 4], ["a=-3 <odd>", 2]]
# Text that is put together is a key like any other.
let id = ebpf attach $"uprobe:($env.TRIGGER):trigger_add" {|ctx|
    let kind = if ($ctx.arg0 + $ctx.arg1) mod 2 == 0 { "even" } else { "odd" }
    $"a=($ctx.arg0) <($kind)>" | count
}
^$env.TRIGGER call 6 1 1; ^$env.TRIGGER call 4 2 3; ^$env.TRIGGER call 2 -3 0
ebpf counters $id
