# only: host (what it tests is in the plugin and no other in another kernel)
# expect: ["ebpf::option", [[count]; [5]], 0]
# What is pinned is no probe to be taken off.
$env.NU_EBPF_BPFFS = '/nowhere'
let id = ebpf attach --comm trigger --pin going 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
^$env.TRIGGER getpid 5
let refused = try { ebpf counters --pin going --detach } catch {|error| $error.details.code }
def last [id: int, --pin: string] { ebpf counters $id --pin $pin --detach }
[$refused (last $id) (ebpf list | length)]
