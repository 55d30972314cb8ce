let low = 1..3
let high = 4..6
ebpf attach --emit-c 'tracepoint:sched/sched_switch' {|ctx| let r = if $ctx.pid > 9 { $low } else { $high }; $r | emit }
