# only: host (takes minutes on an emulated processor, and does not depend on the kernel)
# expect: [true, true, true]
# A library of another user that is truncated and restored all the time while its stacks are read: the plugin goes on, and
# still has names for files that nobody tampers with.
let folder = mktemp --directory --tmpdir
^chmod 777 $folder
let probe = ebpf attach --comm hostile 'tracepoint:syscalls/sys_enter_getppid' {|ctx| $ctx.ustack | count }
let plugin = {|| ps --long | where ppid == $nu.pid and name == nu_plugin_ebpf | get pid }
let before = do $plugin
let attacker = job spawn { ^$env.HOSTILE truncates $"($folder)/lib" 600 }
while (ebpf stacks $probe | is-empty) { sleep 20ms }
let end = (date now) + 10sec
mut rounds = 0
while (date now) < $end {
    # Each probe begins anew with what it knows of files.
    let id = ebpf attach --comm hostile 'tracepoint:syscalls/sys_enter_getppid' {|ctx| $ctx.ustack | count }
    while (ebpf stacks $id | is-empty) { sleep 20ms }
    ebpf detach $id | ignore
    $rounds += 1
}
job kill $attacker
let own = ebpf attach 'tracepoint:syscalls/sys_enter_getppid' {|ctx| if $ctx.comm == "honest" { $ctx.ustack | count } }
cp $env.HOSTILE $"($folder)/honest"
let honest = job spawn { ^$"($folder)/honest" spins /dev/null 600 }
while (ebpf stacks $own | is-empty) { sleep 20ms }
let names = ebpf stacks $own | get key.0.function
job kill $honest
rm --recursive $folder
[($rounds > 0), ($before == (do $plugin)), ("in_file" in $names)]
