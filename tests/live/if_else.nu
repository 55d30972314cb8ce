# expect: [[getpid, 3], [kill, 4], [other, true]]
let id = ebpf attach --comm trigger 'tracepoint:raw_syscalls/sys_enter' {|ctx|
    if $ctx.id == 39 { "getpid" | emit } else if $ctx.id == 62 { "kill" | emit } else { {other: true} | emit }
}
^$env.TRIGGER getpid 3; ^$env.TRIGGER kill0 4
let rows = ebpf trace $id
[[getpid ($rows | where $it == "getpid" | length)] [kill ($rows | where $it == "kill" | length)] [other ($rows | any {|row| $row == {other: true} })]]
