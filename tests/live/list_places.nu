# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [1, 2, 3, 2]
# The attach points that were named: not those where a return's entry is kept.
let one = ebpf attach 'tracepoint:syscalls/sys_exit_getpid' {|ctx| $ctx.elapsed | histogram }
let two = ebpf attach 'tracepoint:syscalls/sys_exit_{kill,tkill}' {|ctx| $ctx.entry.sig | count }
let three = ebpf attach {'tracepoint:syscalls/sys_exit_getpid': {|ctx| $ctx.elapsed | histogram }, 'tracepoint:syscalls/sys_enter_{kill,tkill}': {|ctx| count }}
let none = ebpf attach 'tracepoint:syscalls/sys_exit_{kill,tkill}' {|ctx| count }
ebpf list | get places
