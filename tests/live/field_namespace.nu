# kernels: it reads the kernel's structs
# expect: [[true, true], [[true, false, true], [true, false, true]]]
# A shell in a pid namespace of its own, as in a container, sees its processes by the ids that they have there; one outside sees those inside by its own ids.
let outer = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| ($ctx.nspid == $ctx.pid and $ctx.nstgid == $ctx.tgid) | emit }
let inner = "
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| {thread: $ctx.nspid, process: $ctx.nstgid, own: $ctx.tgid} | emit }
let pids = 1..2 | each { ^bash -c 'echo $$; exec \"$TRIGGER\" getpid 1' | into int }
let rows = ebpf trace $id | zip $pids | each {|pair| [($pair.0.process == $pair.1) ($pair.0.own == $pair.1) ($pair.0.thread == $pair.1)] }
ebpf detach $id
$rows | to nuon
"
let plugin = plugin list | get 0.filename
let came = ^unshare --pid --fork --mount-proc $nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c $inner | from nuon
[(ebpf trace $outer) $came]
