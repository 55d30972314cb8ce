# What scripts/package runs where its package was just installed, and nothing else: the beginning of the README's
# quick start, with what must come.
use std/assert

ebpf setup --check --strict | ignore

# Something to see on a machine that is quiet. Not by this shell: built with musl, it makes open(2), not openat(2).
let opens = job spawn { loop { ^cat /etc/hostname | ignore; sleep 20ms } }
let rows = ebpf attach -s 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    {pid: $ctx.pid, file: ($ctx.filename | read-str)} | emit
} | first 3
job kill $opens
assert equal ($rows | each { columns } | uniq) [[pid file]]
assert ($rows | all {|row| $row.pid > 0 and ($row.file | describe) in [string nothing] })

let id = ebpf attach 'tracepoint:raw_syscalls/sys_enter' {|ctx| $ctx.comm | count }
^ls / | ignore
let calls = ebpf counters $id | where key == ls | get 0.count
assert ($calls > 10) $"($calls) system calls of ls"
ebpf detach $id | ignore
assert (ebpf list | is-empty)
assert (ebpf attach --emit-c 'tracepoint:syscalls/sys_enter_openat' {|ctx| $ctx.pid | count } | str contains 'SEC("')
