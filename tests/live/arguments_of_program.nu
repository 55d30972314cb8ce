# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [[file, first, second]; [trigger, getpid, "1"]]
# What an address leads to that leads to addresses: the arguments that a program is started with.
let id = ebpf attach 'tracepoint:syscalls/sys_enter_execve' {|ctx|
    let argument = {|number| $ctx.argv | cast u64 --offset ($number * 8) | read-str --len 16 }
    {file: ($ctx.filename | read-str), first: (do $argument 1), second: (do $argument 2)} | emit
}
^$env.TRIGGER getpid 1
ebpf trace $id | where file == $env.TRIGGER | update file { path basename }
