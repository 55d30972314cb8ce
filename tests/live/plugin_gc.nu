# only: host (it needs a shell and a plugin of its own, whose start takes half a minute in a VM)
# expect: [1, running, loaded]
# Nushell stops an idle plugin, but not one that has a probe attached.
$env.config.plugin_gc.default = {enabled: true, stop_after: 1sec}
let id = ebpf attach 'tracepoint:sched/sched_process_fork' {|ctx| count }
sleep 2500ms
let during = [(ebpf list | length) (plugin list | get 0.status)]
ebpf detach $id
sleep 2500ms
$during ++ [(plugin list | get 0.status)]
