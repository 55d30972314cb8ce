# expect: ["ebpf::io", true, 5]
# A pinned map that is not what its description says is refused: the kernel would write more than there is room for.
let folder = mktemp -d; ^mount -t bpf bpf $folder; $env.NU_EBPF_BPFFS = $folder
let attach = {|| ebpf attach --pin swapped --max-entries 100 --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx|
    $ctx.comm | count
    $ctx.pid | stats --by $ctx.comm
} }
do $attach
^$env.TRIGGER getpid 5
plugin stop ebpf
cd $"($folder)/nu_plugin_ebpf/swapped"
let swap = {|| mv nu_count_map third; mv nu_stats_map nu_count_map; mv third nu_stats_map }
do $swap
let error = try { ebpf counters --pin swapped --as count } catch {|error| $error.details }
do $swap
let kept = ebpf counters --pin swapped --as count | get count.0
ebpf unpin swapped
cd /
^umount $folder; ^rmdir $folder
[($error.code? | default $error) ($error.msg? | default '' | str contains 'of another form') $kept]
