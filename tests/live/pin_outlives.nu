# expect: [[forks], [[name, map, kind, keys, entries, probes]; [forks, seen, map, "pid: int, comm: string", 100, []], [forks, count, count, string, 100, []]], [[key, count]; [trigger, 20]], [[key, count]; [trigger, 25]], 25, 1, []]
# What is pinned in bpffs is there after the plugin, and what is attached then adds to it.
let folder = mktemp -d; ^mount -t bpf bpf $folder; $env.NU_EBPF_BPFFS = $folder
ebpf attach --pin forks --max-entries 100 --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    $ctx.comm | count
    {n: (({pid: 1, comm: $ctx.comm} | map-get seen | default {n: 0}).n + 1)} | map-put seen {pid: 1, comm: $ctx.comm}
}
^$env.TRIGGER getpid 20
plugin stop ebpf
let names = ls $"($folder)/nu_plugin_ebpf" | get name | path basename
let pins = ebpf list --pins | reject where
let before = ebpf counters --pin forks
let id = ebpf attach --pin forks --comm trigger {
    'tracepoint:syscalls/sys_enter_getpid': {|ctx| $ctx.comm | count }
    'tracepoint:syscalls/sys_enter_kill': {|ctx| {seen: ({pid: 1, comm: $ctx.comm} | map-get seen)} | emit }
}
^$env.TRIGGER getpid 5; ^$env.TRIGGER kill0 1
let after = [(ebpf counters --pin forks) (ebpf detach $id | get count.0.count) (ebpf list --pins | where map == count | length)]
ebpf unpin forks
let left = ls $"($folder)/nu_plugin_ebpf" | get name
^umount $folder; ^rmdir $folder
[$names $pins $before] ++ $after ++ [$left]
