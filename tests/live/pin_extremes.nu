# expect: [[1, 9], [1, 9], 2, [3, 7], [nu_as_least_map, nu_as_least_period, nu_max_map, nu_max_period], "ebpf::probe::nothing"]
# Least and greatest values of several attaches: the period that runs is shared as well.
let folder = mktemp -d; ^mount -t bpf bpf $folder; $env.NU_EBPF_BPFFS = $folder
def attach [] {
    ebpf attach --pin ends $'uprobe:($env.TRIGGER):trigger_add' {|ctx| $ctx.arg0 | min --as least; $ctx.arg0 | max }
}
def ends [id: int, --clear] { [(ebpf counters $id --as least --clear=$clear).min.0 (ebpf counters $id --as max --clear=$clear).max.0] }
let one = attach
let two = attach
^$env.TRIGGER pairs 1 0 9 0 5 0
let first = ends $one
let second = ends $two --clear
^$env.TRIGGER pairs 3 0 7 0
let files = ls $"($folder)/nu_plugin_ebpf/ends" | get name | path basename | where $it != about | sort
plugin stop ebpf
let third = [(ebpf counters --pin ends --as least).min.0 (ebpf counters --pin ends --as max).max.0]
let count = ebpf list --pins | length
let unknown = try { ebpf counters --pin ends --as min } catch {|error| $error.details.code }
ebpf unpin ends
^umount $folder; ^rmdir $folder
[$first $second $count $third $files $unknown]
