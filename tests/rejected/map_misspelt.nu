ebpf attach --emit-c 'tracepoint:sched/sched_switch' {|ctx| 1 | map-put opened $ctx.pid; $ctx.pid | map-get opend | emit }
