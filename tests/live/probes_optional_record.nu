# expect: [3, ["tracepoint:syscalls/sys_enter_nothing: no tracepoint `syscalls/sys_enter_nothing` in this kernel"], "ebpf::target::tracepoint"]
# A key of a record that is not there is left out with its closure; where none is there, that is an error.
let id = ebpf attach --optional --comm trigger {
    'tracepoint:syscalls/sys_enter_nothing': {|ctx| count }
    'tracepoint:syscalls/sys_enter_kill': {|ctx| count }
}
^$env.TRIGGER kill0 3
let none = try { ebpf attach --optional {'tracepoint:syscalls/sys_enter_nothing': {|ctx| count }} } catch {|error| $error.details.code }
[(ebpf counters $id | get 0.count) (ebpf list | get 0.skipped) $none]
