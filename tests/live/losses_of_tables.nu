# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [1, 1, 2, 2]
# A table that lacks something says so: once, and again when it has become more. `--every` says it at its end.
let script = "
let id = ebpf attach --comm trigger --max-entries 1 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.ktime | count }
^$env.TRIGGER getpid 50
ebpf counters $id | ignore
STEP
"
let steps = [
    ''
    'ebpf counters $id | ignore; ebpf detach $id | ignore'
    '^$env.TRIGGER getpid 20; ebpf detach $id | ignore'
    '^$env.TRIGGER getpid 20; ebpf counters $id --every 10ms --detach | first 2 | ignore'
]
let plugin = plugin list | where name == ebpf | get filename.0
$steps | each {|step|
    let said = ^$nu.current-exe -n --no-std-lib --plugins $"[($plugin)]" -c ($script | str replace STEP $step) | complete | get stderr
    $said | lines | where $it =~ 'because a map was full' | length
}
