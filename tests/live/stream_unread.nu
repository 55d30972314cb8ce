# needs: speed
# expect: [2000000, true, true, 0]
# A stream that nobody reads on costs bounded memory: two million rows are either kept for it or dropped and counted.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| {at: $ctx.ktime, comm: $ctx.comm, all: [1 2 3 4 5 6 7 8]} | emit }
let plugin = plugin list | where name == ebpf | get 0.pid
def memory [] { open $"/proc/($plugin)/status" | lines | parse "VmRSS:{size} kB" | get 0.size | str trim | into int | $in * 1KiB }
# Stuck at its first row.
let reader = job spawn { ebpf trace --follow $id | each {|row| 'first' | job send 0; job recv } | ignore }
^$env.TRIGGER getpid 1
job recv
let before = memory
^$env.TRIGGER getpid 1999999
let stats = ebpf list | first
let after = memory
job kill $reader
ebpf detach $id
[($stats.events + $stats.dropped) ($stats.dropped > 0) (($after - $before) < 48MiB) (ebpf list | length)]
