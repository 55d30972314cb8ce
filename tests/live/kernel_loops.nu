# not: vm-5.10 (it loads what is built for newer releases)
# expect: [[[key, count]; [1, 1], [3, 1], [38, 1]], 1, [[trigger_add, 4], [trigger_nest, 3]], ["5.8", "5.8", "5.13", "5.15", "5.17"]]
# Built without bpf_loop and cookies: a bounded loop, its limit as a run-time error, and a program for each function.
let id = ebpf attach --kernel 5.10 --comm trigger $"uprobe:($env.TRIGGER):trigger_add" {|ctx|
    mut sum = 0
    for i in 1..$ctx.arg0 { if $i == 7 { continue }; $sum += $i }
    $sum | count
}
let several = ebpf attach --kernel 5.10 --comm trigger $"uprobe:($env.TRIGGER):trigger_{nest,add}" {|ctx| $ctx.func | count }
^$env.TRIGGER pairs 1 0 2 0 9 0 300 0
^$env.TRIGGER nest 3
let kernels = ['5.8' '5.12' '5.13' '5.15' '5.17'] | each {|release|
    ebpf attach --dry-run --kernel $release $"uretprobe:($env.TRIGGER):trigger_{nest,add}" {|ctx|
        for i in 0..3 { $i | sum }
        {func: $ctx.func, long: ($ctx.elapsed > 1sec)} | count
    } | get kernel
}
[
    (ebpf counters $id | sort-by key)
    (ebpf list | where id == $id | get 0.errors)
    (ebpf counters $several | sort-by key | each { values })
    $kernels
]
