# expect: [[[key, count]; [trigger, 2]], "ebpf::pin::differs", [trigger, trigger]]
# An object shares its maps with others, and with what is compiled here; its rows are streamed.
let object = ebpf compile --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.comm | count }
let ids = 1..2 | each {|_| ebpf attach --pin both --object $object }
^$env.TRIGGER getpid 1
let table = ebpf counters --pin both
let other = ebpf compile 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.pid | count }
let differs = try { ebpf attach --pin both --object $other } catch {|error| $error.details.code }
$ids | each {|id| ebpf detach $id | ignore }
ebpf unpin both
let rows = ebpf compile --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| $ctx.comm | emit }
let busy = mktemp
job spawn { while ($busy | path exists) { ^$env.TRIGGER getpid 1 } }
let streamed = ebpf attach --stream --object $rows | first 2
rm $busy
[$table $differs $streamed]
