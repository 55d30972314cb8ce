# kernels: the kernel takes the stack
# expect: [[kernel, user]; [true, [trigger_c, trigger_b, trigger_a]], [true, [trigger_c, trigger_b, trigger_a]]]
let id = ebpf attach --comm trigger 'tracepoint:raw_syscalls/sys_enter' {|ctx|
    if $ctx.id == 39 { {kernel: $ctx.kstack, user: $ctx.ustack} | emit }
}
^$env.TRIGGER stack 2 0
ebpf trace $id | each {|row| {kernel: ($row.kernel | is-not-empty), user: ($row.user.function | skip 1 | first 3)} }
