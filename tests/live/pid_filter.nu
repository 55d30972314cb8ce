# lanes: host
# expect: 1
let file = mktemp
let id = ebpf attach --pid $nu.pid 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.filename | read-str | emit }
^$env.TRIGGER open 10 $file
open --raw $file | ignore
ebpf trace $id | where $it == $file | length
