# expect: {a: 10, b: 39, c: 49, who: trigger}
let id = ebpf attach --comm trigger 'tracepoint:raw_syscalls/sys_enter' {|ctx|
    let number = $ctx.id
    mut sum = 0
    if $number == 39 { $sum = 10 } else { return }
    let first = $sum
    $sum += $number
    {a: $first, b: $number, c: $sum, who: $ctx.comm} | emit
}
^$env.TRIGGER getpid 1
ebpf trace $id | first
