# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [3, true, true, 0]
# What a follower has not been sent is there for the next reader, without a gap and to the last row.
let id = ebpf attach --comm trigger $"uprobe:($env.TRIGGER):trigger_add" {|ctx| $ctx.arg0 | emit }
^$env.TRIGGER pairs ...(1..3000 | each {|n| [$n 0] } | flatten | each { into string })
let first = ebpf trace --follow $id | first 3 | length
let rest = ebpf trace $id
[$first (($rest | length) > 1000) ($rest == (($rest | first)..3000 | each {})) (ebpf list | get 0.dropped)]
