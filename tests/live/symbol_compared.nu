# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [true, [hrtimer_wakeup]]
# Addresses of symbols in a closure, and symbols of the addresses that one counts.
let wakeup = ebpf symbol hrtimer_wakeup | get 0.address
let id = ebpf attach 'tracepoint:timer/hrtimer_expire_entry' {|ctx| if $ctx.function == $wakeup { $ctx.function | count } }
sleep 200ms
let table = ebpf counters $id
[($table.0.count > 0) ($table | get key | each {|key| ebpf symbol $key | get 0.name })]
