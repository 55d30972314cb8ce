# expect: [[true, BPF_MAP_TYPE_PERCPU_HASH], true, 1, true]
# Maps and programs of one's own; the maps of the iterator itself are there as well.
let id = ebpf attach 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.pid | count --as many }
let maps = ebpf iter bpf_map {|ctx| {id: $ctx.map.id, name: $ctx.map.name, type: $ctx.map.map_type} }
let programs = ebpf iter bpf_prog {|ctx| $ctx.prog.aux.name } | where $it =~ "^nu_sys_enter"
let links = ebpf iter bpf_link {|ctx| $ctx.link.id }
let cgroups = ebpf iter cgroup {|ctx| $ctx.cgroup.kn.name }
ebpf detach $id
let many = $maps | where name =~ many | first
[[($many.id > 0) $many.type] ("nu_stats" in $maps.name) ($programs | length) (($links | length) > 0 and "" in $cgroups)]
