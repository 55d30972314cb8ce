# lanes: host
# expect: [2, [[[count]; [0]], [[count]; [50]]], "ebpf::option"]
# A table each time, here of what is new; the last comes when the probe goes.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| count }
^$env.TRIGGER getpid 10
let idle = ebpf counters $id --every 20ms --delta | first 1
let tables = job spawn { ^$env.TRIGGER later 100 50; sleep 300ms; ebpf detach $id }
let busy = ebpf counters $id --every 20ms --delta | where $it.0.count > 0
[(ebpf list | length | $in + 2) [($idle | first) ($busy | first)] (try { ebpf counters $id --delta } catch {|error| "ebpf::option" })]
