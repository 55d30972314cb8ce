# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [true, true]
# What an iterator leaves out is said at its end, on standard error.
let plugin = plugin list | where name == ebpf | get filename.0
def said [script] {
    ^$nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c $script | complete | get stderr
}
[
    ((said "ebpf iter task {|ctx| if $ctx.task.pid == 2 { 1 // ($ctx.task.pid - 2) } }") =~ "1 events ended in a run-time error and were skipped; the last: division by zero at `1 // .*`")
    ((said "ebpf iter task {|ctx| if $ctx.task.pid == 2 { $ctx.task.comm | read-kernel-str --len 2 } }") =~ "1 strings were cut")
]
