# not: vm-5.10 vm-6.1 (the kernel has no tracepoint before a program replaces its memory: Linux 6.11)
# kernels: a string that is not in memory is read when the call returns
# expect: [[300, [], true, 0, 0], [300, [], true, 0, 0], [20, 20]]
# The same where all system calls begin, of which one replaces the memory that the path lies in.
def opens [probe: string, opens: closure] {
    let id = ebpf attach --comm trigger --ring-buffer 1MiB $probe $opens
    ^$env.TRIGGER colds 300
    let rows = ebpf trace $id | where {|row| ($row.file | default /cold) starts-with /cold }
    let wrong = $rows | enumerate | where {|row| $row.item.file != $"/cold/($row.index)" }
    let stats = ebpf list | where id == $id | first
    ebpf detach $id | ignore
    [($rows | length) $wrong ($rows.at == ($rows.at | sort)) $stats.faults $stats.dropped]
}
let raw = opens raw_tracepoint:sys_enter {|ctx|
    if $ctx.args.id == 257 { {file: ($ctx.args.regs.si | read-str), at: $ctx.ktime} | emit }
}
let record = opens tracepoint:raw_syscalls/sys_enter {|ctx|
    if $ctx.args.id == 257 { {file: ($ctx.args.args.1 | read-str), at: $ctx.ktime} | emit }
}
let id = ebpf attach raw_tracepoint:sys_enter {|ctx|
    if $ctx.args.id == 59 { {file: ($ctx.args.regs.di | read-str), parent: $ctx.ppid} | emit }
}
for _ in 1..20 { ^$env.TRIGGER getpid 1 }
let started = ebpf trace $id | where parent == $nu.pid
[$raw $record [($started | length) ($started | where file == $env.TRIGGER | length)]]
