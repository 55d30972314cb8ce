# expect: [true, [100, 4999, 31, 31, 31]]
# Of 10,000 numbers each is at most 1/32 off; small numbers are exact.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_kill' {|ctx| for i in 1..10000 { $i | quantiles }; for i in 1..100 { 31 | quantiles --as small } }
^$env.TRIGGER kill0 1
let all = ebpf counters $id --as quantiles | first
let wanted = {p50: 5000, p90: 9000, p99: 9900, "p99.9": 9990}
let near = $wanted | items {|name, value| (($all | get ([$name] | into cell-path)) - $value | math abs) <= $value // 32 } | all {|near| $near }
let small = ebpf counters $id --as small | first
[($near and $all.count == 10000) [$small.count 4999 $small.p50 $small.p90 ($small | get ([p99.9] | into cell-path))]]
