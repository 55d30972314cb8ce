# expect: [[count, stack]; [10, []]]
# A kernel thread has no stack of a process.
let id = ebpf attach 'tracepoint:sched/sched_switch' {|ctx| if $ctx.tgid == 0 or $ctx.comm starts-with ksoftirqd { {stack: $ctx.ustack} | count } }
^$env.TRIGGER getpid 10; sleep 200ms
ebpf counters $id | each {|row| {count: (if $row.count > 0 { 10 }), stack: $row.stack} }
