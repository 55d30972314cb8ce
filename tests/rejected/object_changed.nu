let object = ebpf compile 'tracepoint:sched/sched_switch' {|ctx| $ctx.comm | count }
ebpf attach --object ($object | bytes replace ('$ctx.comm' | into binary) ('$ctx.ccmm' | into binary))
