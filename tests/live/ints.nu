# expect: {dfd: -100, mode: 81, number: 257, low: true}
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.mode == 81 { {dfd: $ctx.dfd, mode: $ctx.mode, number: $ctx.__syscall_nr, low: ($ctx.dfd < 0)} | emit }
}
^$env.TRIGGER open 1 /dev/null
ebpf trace $id | first
