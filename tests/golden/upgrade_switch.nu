ebpf attach --emit-c --no-upgrade 'tracepoint:sched/sched_switch' {|ctx| $ctx.pid | count }
