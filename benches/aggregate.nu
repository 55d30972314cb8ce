# The cost of aggregations at a tracepoint, by the kernel's own statistics, and the time to read full maps.
sysctl -q kernel.bpf_stats_enabled=1 | complete | ignore

def load [] { ^dd if=/dev/zero of=/dev/null bs=1 count=500000 status=none }

def mean [id: int] {
    load
    let mean = ebpf list | where id == $id | get 0.mean
    ebpf detach $id | ignore
    $mean | into int
}

let point = 'tracepoint:syscalls/sys_enter_read'
let costs = [
    [what ns];
    ["a program that only compares" (mean (ebpf attach $point {|ctx| if $ctx.fd == -7 { count } }))]
    ["count" (mean (ebpf attach $point {|ctx| count }))]
    ["count by pid" (mean (ebpf attach $point {|ctx| $ctx.pid | count }))]
    ["sum" (mean (ebpf attach $point {|ctx| $ctx.count | sum }))]
    ["sum by pid" (mean (ebpf attach $point {|ctx| $ctx.count | sum --by $ctx.pid }))]
    ["stats by pid" (mean (ebpf attach $point {|ctx| $ctx.count | stats --by $ctx.pid }))]
    ["histogram" (mean (ebpf attach $point {|ctx| $ctx.count | histogram }))]
    ["histogram of a clock by pid" (mean (ebpf attach $point {|ctx| $ctx.ktime | hist --by $ctx.pid }))]
    ["linear histogram by pid" (mean (ebpf attach $point {|ctx| $ctx.count | hist --by $ctx.pid --linear 0..200..1000 }))]
    ["quantiles by pid" (mean (ebpf attach $point {|ctx| $ctx.count | quantiles --by $ctx.pid }))]
]
print "aggregations at a tracepoint (kernel statistics, dd bs=1)"
print $costs


let id = ebpf attach 'tracepoint:syscalls/sys_enter_kill' {|ctx|
    for i in 1..10240 { $i | count }
    for i in 1..4096 { $i | hist --by $i }
}
kill --signal 0 $nu.pid
def middle [action: closure] { 1..9 | each { timeit $action } | sort | get 4 }
print "reading full maps"
print [
    [what keys time];
    ["counters" (ebpf counters $id | length) (middle { ebpf counters $id | ignore })]
    ["histograms" (ebpf histogram $id | length) (middle { ebpf histogram $id | ignore })]
]
ebpf detach $id | ignore
