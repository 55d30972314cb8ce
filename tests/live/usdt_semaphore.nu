# kernels: links of the kernel
# expect: [[-3, -3, -3], 0, [[at, n]; [done, 3], [mixed, 3], [twice, 2], [work, 3]]]
# `done` is passed only while somebody wants to know: the kernel counts who does. --pid holds for all that is attached.
let done = ebpf attach $"usdt:($env.TRIGGER):trigger:done" {|ctx| $ctx.arg0 | emit }
let other = ebpf attach --pid $nu.pid $"usdt:($env.TRIGGER):trigger:done" {|ctx| $ctx.arg0 | emit }
let all = ebpf attach $"usdt:($env.TRIGGER):*:*" {|ctx| $ctx.func | count }
^$env.TRIGGER usdt 3
let at = ebpf counters $all | sort-by key | each {|row| {at: $row.key, n: $row.count} }
[(ebpf trace $done) (ebpf trace $other | length) $at]
