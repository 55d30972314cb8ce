# only: host (it needs a shell and a plugin of its own, whose start takes half a minute in a VM)
# expect: [7, 7, [plugin], running, [7, 3], loaded]
# Without a bpffs that can be written to, the maps are the plugin's, which is not stopped as long as it has some.
$env.NU_EBPF_BPFFS = '/nowhere'
$env.config.plugin_gc.default = {enabled: true, stop_after: 1sec}
let one = ebpf attach --pin calls --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
let two = ebpf attach --pin calls --comm trigger 'tracepoint:syscalls/sys_enter_kill' {|ctx| count }
^$env.TRIGGER getpid 4; ^$env.TRIGGER kill0 3
let counts = [(ebpf counters $one).count.0 (ebpf counters $two).count.0]
let places = ebpf list --pins | get where
ebpf detach $one; ebpf detach $two
sleep 2500ms
let status = plugin list | get 0.status
let kept = (ebpf counters --pin calls).count.0
ebpf unpin calls
let anew = ebpf attach --pin calls --comm trigger 'tracepoint:syscalls/sys_enter_kill' {|ctx| count }
^$env.TRIGGER kill0 3
let new = ebpf detach $anew | get count.0.count
ebpf unpin calls
sleep 2500ms
$counts ++ [$places $status [$kept $new] (plugin list | get 0.status)]
