# expect: [128, true, 131, true, 1, 0]
# 128 bytes just fit; of 129 the last is cut, and the `…` has 3.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_openat' {|ctx| if $ctx.mode == 81 { $ctx.filename | read-str | emit } }
^$env.TRIGGER longname 128; ^$env.TRIGGER longname 129
let rows = ebpf trace $id; let stats = ebpf list | first
[($rows.0 | str length) ($rows.0 ends-with "a") ($rows.1 | str length) ($rows.1 ends-with "…") $stats.truncated $stats.faults]
