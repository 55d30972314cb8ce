# kernels: namespaces of processes
# expect: [[[inner, outer]; [1, false]], "a thread of process 1", ["no such process", true]]
# In a pid namespace of its own, as in a container, `--pid` takes the ids that the shell has there: 1 is the shell, not the machine's init.
let inner = "
let id = ebpf attach --pid $nu.pid 'tracepoint:raw_syscalls/sys_enter' {|ctx| {inner: $ctx.nstgid, outer: ($ctx.tgid == $ctx.nstgid)} | count }
^true
let seen = ebpf detach $id | get count | select inner outer
let thread = ls /proc/1/task | get name | path basename | into int | where $it != 1 | first
let of_thread = try { ebpf attach --pid $thread 'tracepoint:raw_syscalls/sys_enter' {|ctx| count }; 'none' } catch {|error| $error.details.labels.0.text }
let beyond = open --raw /proc/sys/kernel/pid_max | into int
let of_nobody = try { ebpf attach --pid $beyond 'tracepoint:raw_syscalls/sys_enter' {|ctx| count }; 'none' } catch {|error| $error.details.labels.0.text }
[$seen $of_thread [$of_nobody (ebpf list | is-empty)]] | to nuon
"
let plugin = plugin list | get 0.filename
^unshare --pid --fork --mount-proc $nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c $inner | from nuon
