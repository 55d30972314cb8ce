# expect: [[[key, sum]; [1, 12], [2, 3]], [[key, sum]; [2, 4]], [], "ebpf::option", "ebpf::option", "ebpf::probe::nothing", "ebpf::probe::nothing"]
let id = ebpf attach --comm trigger $'uprobe:($env.TRIGGER):trigger_add' {|ctx| $ctx.arg0 | sum --by $ctx.arg1; $ctx.arg0 | min }
^$env.TRIGGER pairs 5 1 7 1 3 2
let first = ebpf counters $id --as sum --clear
^$env.TRIGGER pairs 4 2
let second = ebpf counters $id --as sum --clear
let third = ebpf counters $id --as sum
let code = {|error| $error.details.code }
[$first $second $third (try { ebpf counters $id --as min --every 1sec --delta } catch $code) (try { ebpf counters $id } catch $code) (try { ebpf histogram $id } catch $code) (try { ebpf counters $id --as max } catch $code)]
