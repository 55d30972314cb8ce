# needs: kprobes
# expect: [100, [], true, 100, 0, 0]
# The same at a probe of a system call.
let id = ebpf attach --comm trigger --ring-buffer 1MiB 'ksyscall:openat' {|ctx|
    if $ctx.arg3 == 81 { {file: ($ctx.arg1 | read-str), at: $ctx.ktime} | emit }
}
^$env.TRIGGER colds 100
let rows = ebpf trace $id
let stats = ebpf list | first
let wrong = $rows | enumerate | where {|row| $row.item.file != $"/cold/($row.index)" }
[($rows | length) $wrong ($rows.at == ($rows.at | sort)) $stats.events $stats.faults $stats.dropped]
