# expect: [[[key, max]; [2, 9], [1, 5]], [[key, max]; [1, 3]], [], [[key, max]; [2, -4]], [[count, sum, avg, min, max]; [4, 13, 3.25, -4, 9]], [[count, sum, avg, min, max]; [0, 0, null, null, null]], [[min]; [-4]]]
# Least and greatest values begin anew, each table by itself: a key with nothing since is not there.
let id = ebpf attach --comm trigger $'uprobe:($env.TRIGGER):trigger_add' {|ctx|
    $ctx.arg1 | max --by $ctx.arg0; $ctx.arg1 | stats; $ctx.arg1 | min
}
def cleared [] { ebpf counters $id --as max --clear }
^$env.TRIGGER pairs 1 5 2 9
let first = cleared
^$env.TRIGGER pairs 1 3
let second = cleared
let third = cleared
^$env.TRIGGER pairs 2 -4
let fourth = ebpf counters $id --as max
let stats = ebpf counters $id --as stats --clear
[$first $second $third $fourth $stats (ebpf counters $id --as stats) (ebpf counters $id --as min)]
