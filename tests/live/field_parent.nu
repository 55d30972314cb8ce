# kernels: it reads the kernel's structs
# expect: [true, [[key, count]; [bash, 2], [nu, 1]], true]
# The parent of the process, by its id and its name, which of a shell's child is the shell's; also at the entry.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_exit_getpid' {|ctx|
    {parent: $ctx.ppid, entry: $ctx.entry.ppid, own: $ctx.tgid} | emit
    $ctx.pcomm | count
}
^$env.TRIGGER getpid 1
let bash = ^bash -c 'echo $$; "$TRIGGER" getpid 2; :' | into int
let rows = ebpf trace $id
[(($rows | get parent) == [$nu.pid $bash $bash]) (ebpf counters $id) ($rows | all {|row| $row.entry == $row.parent and $row.own != $row.parent })]
