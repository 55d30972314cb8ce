# expect: [3, ["kprobe:nu_no_such_function: this kernel has no function `nu_no_such_function`", "tracepoint:syscalls/sys_enter_nothing: no tracepoint `syscalls/sys_enter_nothing` in this kernel"]]
let id = ebpf attach --optional --comm trigger ['kprobe:nu_no_such_function' 'tracepoint:syscalls/sys_enter_{nothing,kill}'] {|ctx| count }
^$env.TRIGGER kill0 3
[(ebpf counters $id | get 0.count) (ebpf list | get 0.skipped)]
