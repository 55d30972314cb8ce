# kernels: a string that is not in memory is read when the call returns
# expect: [300, [], true, 300, 0, 0]
# Paths that are not in memory when they are opened: each is there, in the order of the entries.
let id = ebpf attach --comm trigger --ring-buffer 1MiB 'tracepoint:syscalls/sys_enter_openat' {|ctx|
    if $ctx.mode == 81 { {file: ($ctx.filename | read-str), at: $ctx.ktime} | emit }
}
^$env.TRIGGER colds 300
let rows = ebpf trace $id
let stats = ebpf list | first
let wrong = $rows | enumerate | where {|row| $row.item.file != $"/cold/($row.index)" }
[($rows | length) $wrong ($rows.at == ($rows.at | sort)) $stats.events $stats.faults $stats.dropped]
