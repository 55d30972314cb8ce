# only: host (what it tests is in the plugin and no other in another kernel)
# expect: [true, [], [], true]
# While a probe is attached and read, no thread of the plugin has effective capabilities, and none holds one that is not
# in the table. A worker process has none but to read files.
let id = ebpf attach --comm hostile 'tracepoint:syscalls/sys_enter_getppid' {|ctx| $ctx.ustack | count }
let traced = job spawn { ^$env.HOSTILE spins /dev/null 600 }
while (ebpf stacks $id | is-empty) { sleep 20ms }
let plugin = ps --long | where ppid == $nu.pid and name == nu_plugin_ebpf | get 0.pid
let sets = {|process, name| glob $"/proc/($process)/task/*/status" | each {|file| try { open --raw $file | parse --regex $"($name):\\s+\(?<set>\\w+\)" | get 0.set | into int --radix 16 } catch { 0 } } }
# setpcap, sys_admin, sys_nice, sys_resource, sys_ptrace, dac_override, dac_read_search, syslog, perfmon, bpf.
let known = [8 21 23 24 19 1 2 34 38 39] | each {|bit| 1 | bits shl $bit --number-bytes 8 } | math sum
let effective = do $sets $plugin CapEff | where $it != 0
let beyond = do $sets $plugin CapPrm | where ($it | bits xor ($it | bits and $known)) != 0
let workers = ps --long | where ppid == $plugin and name =~ nu_ebpf | get pid
let kept = $workers | each {|worker| do $sets $worker CapPrm | where $it != 0 and $it != 4 } | flatten
job kill $traced
[(do $sets $plugin CapPrm | is-not-empty) $effective $beyond ($kept | is-empty)]
