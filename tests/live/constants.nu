# expect: {none: null, wait: 10000000ns, size: 2048b, half: 0.5, bytes: 0x[00FF], list: [1, {deep: a}], at: [trigger, 3]}
let wait = 10ms; let size = 2KiB; let bytes = 0x[00 ff]; let list = [1 {deep: a}]
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    {none: null, wait: $wait, size: $size, half: 0.5, bytes: $bytes, list: $list, at: [$ctx.comm 3]} | emit
}
^$env.TRIGGER getpid 1
ebpf trace $id | first
