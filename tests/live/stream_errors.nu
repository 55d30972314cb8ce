# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [[1, true], [1, true]]
# A stream in which every event fails reports that while it runs, and does not repeat it at the end.
let folder = mktemp -d
let told = $folder | path join told
let plugin = plugin list | where name == ebpf | get 0.filename
def reports [closure: string, pattern: string] {
    let script = '
let job = job spawn { ebpf attach -s "tracepoint:syscalls/sys_enter_getpid" CLOSURE | ignore }
mut waits = 0
while (ebpf list | length) == 0 and $waits < 1000 { sleep 20ms; $waits += 1 }
^$env.TRIGGER getpid 5
while (open --raw $env.TOLD) !~ run-time and $waits < 2000 { sleep 20ms; $waits += 1 }
job kill $job
while (ebpf list | length) == 1 and $waits < 3000 { sleep 20ms; $waits += 1 }
' | str replace CLOSURE $closure
    '' | save -f $told
    with-env {TOLD: $told} { ^$nu.current-exe -n --no-std-lib --plugins $'[($plugin)]' -c $script err> $told }
    let lines = open --raw $told | lines | where $it =~ run-time
    [($lines | length) (($lines | get -o 0 | default '') has $pattern)]
}
let all = [
    (reports '{|ctx| if $ctx.comm == trigger { 100 // ($ctx.pid - $ctx.pid) | emit } }' '5 events ended in a run-time error')
    (reports '{|ctx| if $ctx.comm == trigger { loop { 1 }; 1 | emit } }' '5 events ended in a run-time error')
]
rm -r $folder
$all
