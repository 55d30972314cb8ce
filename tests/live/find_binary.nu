# expect: [[[kind, name]; [uprobe, trigger_add], [uprobe, trigger_nest], [uretprobe, trigger_add], [uretprobe, trigger_nest]], true, true, true]
# All of a binary's functions, each once; written as one attaches to it.
let all = ebpf probes $"*:($env.TRIGGER):trigger_{n*t,add,none}"
let first = $all | first
[
    ($all | select kind name)
    ($first.probe == $"uprobe:($env.TRIGGER):trigger_add" and $first.module == $env.TRIGGER)
    ((ebpf probes $"uprobe:($env.TRIGGER):*" | get name | uniq --repeated | is-empty))
    ('malloc' in (ebpf probes 'uprobe:libc:mallo?').name)
]
