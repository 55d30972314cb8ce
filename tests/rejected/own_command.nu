def double [x: int] { $x + $x }
ebpf attach --emit-c 'tracepoint:sched/sched_switch' {|ctx| double $ctx.pid | emit }
