# kernels: what a return remembers of its entry lies in task storage, or in a hash
# expect: [[key_mode, key_file, count]; [81, /etc/hostname, 3]]
# What the entry had, at the return; the string is read there, when it is in memory for sure.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_exit_openat' {|ctx|
    if $ctx.entry.mode == 81 and $ctx.elapsed > 0sec and $ctx.elapsed < 10sec {
        {mode: $ctx.entry.mode, file: ($ctx.entry.filename | read-str)} | count
    }
}
^$env.TRIGGER open 3 /etc/hostname
ebpf counters $id | rename key_mode key_file count
