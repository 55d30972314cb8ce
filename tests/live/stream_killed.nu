# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [2, 0, []]
# The probes of killed jobs are detached while no event comes. A command of the user's that is named like the one that the
# plugin calls for that is not called.
let folder = mktemp -d
let calls = $folder | path join calls
let plugin = plugin list | where name == ebpf | get 0.filename
let script = '
let jobs = [
    (job spawn { ebpf attach -s "tracepoint:syscalls/sys_enter_getpid" {|ctx| if $ctx.comm == trigger { $ctx.pid | emit } } | each {|row| $row } | ignore })
    (job spawn { ebpf attach -s "raw_tracepoint:sys_enter" {|ctx| if $ctx.comm == trigger { $ctx.pid | emit } } | ignore })
]
mut waits = 0
while (ebpf list | length) < 2 and $waits < 1000 { sleep 20ms; $waits += 1 }
let attached = ebpf list | length
for job in $jobs { job kill $job }
while (ebpf list | length) > 0 and $waits < 2000 { sleep 20ms; $waits += 1 }
print ([$attached (ebpf list | length)] | to nuon)
'
let killed = ^$nu.current-exe -n --no-std-lib --plugins $'[($plugin)]' -c $script | from nuon
let hidden = '
let pause = {|| ^sleep 0.02 }
def sleep [time] { "called" | save --append $env.CALLS }
let job = job spawn { ebpf attach -s "tracepoint:syscalls/sys_enter_getpid" {|ctx| if $ctx.comm == trigger { $ctx.pid | emit } } | ignore }
mut waits = 0
while (ebpf list | length) == 0 and $waits < 1000 { do $pause; $waits += 1 }
for _ in 1..75 { do $pause }
'
with-env {CALLS: $calls} { ^$nu.current-exe -n --no-std-lib --plugins $'[($plugin)]' -c $hidden }
let called = glob $calls
rm -r $folder
[...$killed $called]
