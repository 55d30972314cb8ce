let range = 1..3
ebpf attach --emit-c 'tracepoint:sched/sched_switch' {|ctx| if $ctx.pid < $range { count } }
