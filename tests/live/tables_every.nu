# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [[[count]; [0]], [[count]; [50]], "ebpf::option"]
# A table each time, here of what is new; the last comes when the probe goes.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
^$env.TRIGGER getpid 10
let idle = ebpf counters $id --every 20ms --delta | first
job spawn { ^$env.TRIGGER later 100 50; sleep 200ms; ebpf detach $id }
let busy = ebpf counters $id --every 20ms --delta | where $it.0.count > 0
let other = ebpf attach 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
[$idle ($busy | reduce {|table, all| [{count: ($all.0.count + $table.0.count)}] }) (try { ebpf counters $other --delta } catch {|error| $error.details.code })]
