# kernels: iterators
# expect: [[], [true, true], 200, true]
# No rows; rows of several forms, out of a loop too; far more bytes than the kernel keeps; state between objects.
let none = ebpf iter task {|ctx| if $ctx.task.pid < 0 { 1 } }
let two = ebpf iter task {|ctx|
    for n in 2..2000 { if $n == $ctx.task.pid { return {low: $n} } }
    if $ctx.task.pid == $ctx.task.tgid { "leader" } else { 1 }
}
let long = ebpf iter ksym {|ctx| if $ctx.meta.seq_num < 200 { {n: $ctx.meta.seq_num, a: $ctx.ksym.name, b: $ctx.ksym.name} } }
let first = ebpf iter task {|ctx|
    let seen = $ctx.task.tgid | map-contains groups
    1 | map-put groups $ctx.task.tgid
    if not $seen { $ctx.task.tgid }
}
[$none [({low: 2} in $two) ($two | any {|row| $row == leader })] ($long | length) (($first | uniq) == $first and ($first | length) > 5)]
