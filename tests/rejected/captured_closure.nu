let f = {|x| $x + 1 }
ebpf attach --emit-c 'tracepoint:sched/sched_switch' {|ctx| do $f $ctx.pid | emit }
