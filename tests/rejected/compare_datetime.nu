let start = 2026-01-01
ebpf attach --emit-c 'tracepoint:sched/sched_switch' {|ctx| if $ctx.ktime > $start { $ctx.pid | emit } }
