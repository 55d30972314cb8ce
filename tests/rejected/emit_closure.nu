let f = {|x| $x + 1 }
ebpf attach --emit-c 'tracepoint:sched/sched_switch' {|ctx| {pid: $ctx.pid, f: $f} | emit }
