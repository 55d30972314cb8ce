# needs: speed
# expect: [400000, true, 400000]
# Cleared while two threads on two processors add to it: each value is in one table, and in one only.
let id = ebpf attach --comm trigger 'tracepoint:syscalls/sys_enter_getpid' {|ctx| 1 | stats; 1 | stats --by $ctx.cpu --as by_cpu }
let job = job spawn { ^$env.TRIGGER threads 2 200000; 'done' | job send 0 }
mut count = 0
mut by = 0
mut tables = 0
mut done = false
while not $done {
    $done = (try { job recv --timeout 0sec; true } catch { false })
    $count += (ebpf counters $id --as stats --clear | get count.0)
    $by += (ebpf counters $id --as by_cpu --clear | get count | append 0 | math sum)
    $tables += 1
}
[$count ($tables > 1) $by]
